/** Whether a member works: kafkajs consumers have been seen to stay in their group and to fetch nothing for ever. */
import type { Millis } from '@chatwarden/contracts';
import type { PartitionState } from './assignment.ts';
import type { PartitionLag } from '../events.ts';
import { lagOf, type Ends } from './positions.ts';

export interface MemberView {
  partitions: readonly PartitionState[];
  isPaused: boolean;
  /** When it last asked for records; before that, when it began to join. */
  polledAt: Millis;
}

export interface Watched {
  now: Millis;
  stuckAfterMs: number;
  ends: ReadonlyMap<number, Ends>;
}

/** Why it counts as stuck, or undefined. */
export function whyStuck({ partitions, isPaused, polledAt }: MemberView, watched: Watched): string | undefined {
  const { now, stuckAfterMs, ends } = watched;
  if (partitions.some(({ inHand }) => inHand)) return undefined;
  if (now - polledAt >= stuckAfterMs) return `it has asked for nothing for ${now - polledAt} ms`;
  if (isPaused) return undefined;
  const stuck = partitions.find(
    (state) => !state.tooNew && now - state.movedAt >= stuckAfterMs && lagOf(state.next, ends.get(state.partition)) > 0,
  );
  return stuck && `partition ${stuck.partition} has records and has not moved for ${now - stuck.movedAt} ms`;
}

export function toLag(state: PartitionState, ends: Ends | undefined, now: Millis): PartitionLag {
  const records = lagOf(state.next, ends);
  const oldestAt = state.oldestAt ?? state.movedAt;
  return { partition: state.partition, records, oldestMs: records > 0 ? now - oldestAt : 0 };
}

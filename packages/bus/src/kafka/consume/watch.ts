/** Whether a member works: kafkajs consumers have been seen to stay in their group and to fetch nothing for ever. */
import type { Millis } from '@chatwarden/contracts';
import type { PartitionState } from './assignment.ts';
import type { Ends } from './positions.ts';

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
    (state) => !state.tooNew && now - state.movedAt >= stuckAfterMs && lagOf(state, ends.get(state.partition)) > 0,
  );
  return stuck && `partition ${stuck.partition} has records and has not moved for ${now - stuck.movedAt} ms`;
}

export function lagOf({ next }: Pick<PartitionState, 'next'>, ends: Ends | undefined): number {
  if (!ends) return 0;
  const position = next === undefined || next < ends.low ? ends.low : next;
  return Math.max(0, Number(ends.high - position));
}

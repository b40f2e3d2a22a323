/** Says that a group's position is none of its topic any more. What was lost is counted with the position that follows. */
import type { Topic } from '@chatwarden/contracts';
import type { BusLog } from '../../deliver.ts';
import type { GroupEvent } from '../events.ts';
import type { PartitionState } from './assignment.ts';
import type { OutOfRange } from './place-batch.ts';

export interface AlarmContext {
  topic: Topic;
  group: string;
  log: BusLog | undefined;
  observe(event: GroupEvent): void;
}

/** How many records are known to be lost. */
export function alarm(
  place: OutOfRange,
  { partition, next }: Pick<PartitionState, 'partition' | 'next'>,
  { topic, group, log, observe }: AlarmContext,
): number {
  const lost = place.at === 'beyondRetention' ? Number(place.lost) : 0;
  const how = lost > 0 ? `${lost} records were gone before they were handled` : 'the topic ends before it';
  log?.error({ topic, group, partition, position: String(next), lost }, `a position is out of range: ${how}`);
  observe({ topic, group, kind: 'outOfRange', lost });
  return lost;
}

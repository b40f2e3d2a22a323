/**
 * What a member does with one fetched batch: makes sure that it begins at the group's position, hands it on, and commits
 * the position with its counts for as long as the partition is its own.
 */
import { setImmediate as turn } from 'node:timers/promises';
import type { EachBatchPayload } from 'kafkajs';
import type { AdminDoor } from '../connect/admin-door.ts';
import type { GroupEvent } from '../events.ts';
import type { Assignment, PartitionState } from './assignment.ts';
import { addCounts, BUS_COUNTS, toMetadata, type Counts } from './counts.ts';
import { handleBatch, type HandleBatchOptions } from './handle-batch.ts';
import { alarm } from './out-of-range.ts';
import { placeOf } from './place-batch.ts';
import { readEnds } from './positions.ts';

export interface BatchWork extends Pick<
  HandleBatchOptions,
  'topic' | 'group' | 'batchMax' | 'handle' | 'deadLetters' | 'clock' | 'log' | 'attempts' | 'stop' | 'signal'
> {
  topicName: string;
  admin: AdminDoor;
  assignment: Assignment;
  observe(event: GroupEvent): void;
  pausePartition(partition: number): void;
}

/** Rejects when the position could not be committed. */
export async function workOnBatch(payload: EachBatchPayload, state: PartitionState, work: BatchWork): Promise<void> {
  const { batch, resolveOffset } = payload;
  const fetchedOffset = fetchedOffsetOf(payload);
  const ends = async () => (await readEnds(work.admin, work.topicName)).get(state.partition);
  const place = await placeOf({ fetchedOffset, highWatermark: BigInt(batch.highWatermark) }, state.next, ends);
  if (place.at === 'elsewhere') return resolveOffset(String((state.next ?? 0n) - 1n));
  const lost = place.at === 'position' ? 0 : alarm(place, state, work);
  state.next = fetchedOffset;
  const commit = (next: bigint, more: Counts) => commitPosition(payload, state, { work, next, more });
  if (lost > 0) await commit(fetchedOffset, { [BUS_COUNTS.lost]: lost });
  const { topic, group } = work;
  await handleBatch(
    { partition: state.partition, messages: batch.messages, lastOffset: BigInt(batch.lastOffset()) },
    {
      ...work,
      commit,
      onHandled: (handled) => work.observe({ topic, group, kind: 'handled', ...handled }),
      onUnknownFields: (fields) => work.observe({ topic, group, kind: 'unknownFields', fields: fields.length }),
      onTooNew: (offset, schema) => pauseTooNew(state, work, { offset, schema }),
    },
  );
}

/** Part of kafkajs's Batch, though not of its types: where the fetch began, which is not where its first record is. */
function fetchedOffsetOf({ batch }: EachBatchPayload): bigint {
  return BigInt((batch as unknown as { fetchedOffset: string }).fetchedOffset);
}

interface NewPosition {
  work: BatchWork;
  next: bigint;
  more: Counts;
}

async function commitPosition(
  payload: EachBatchPayload,
  state: PartitionState,
  { work, next, more }: NewPosition,
): Promise<void> {
  const { topicName, topic, group, assignment, clock, observe } = work;
  const counts = addCounts(state.counts, more);
  const offset = { partition: state.partition, offset: String(next), metadata: toMetadata(counts) };
  // kafkajs replaces an assignment and tells of it in one turn of the event loop, so at the start of a turn we know.
  await turn();
  assignment.over.throwIfAborted();
  try {
    await payload.commitOffsetsIfNecessary({ topics: [{ topic: topicName, partitions: [offset] }] });
  } catch (error) {
    observe({ topic, group, kind: 'commitFailed' });
    throw error;
  }
  observe({ topic, group, kind: 'committed', records: Number(next - (state.next ?? next)) });
  Object.assign(state, { next, counts, movedAt: clock.now() });
  if (!assignment.over.aborted) payload.resolveOffset(String(next - 1n));
}

function pauseTooNew(
  state: PartitionState,
  { topic, group, log, observe, pausePartition }: BatchWork,
  { offset, schema }: { offset: bigint; schema: string },
): void {
  const fields = { topic, group, partition: state.partition, offset: String(offset), schema };
  log?.error(fields, `a newer version wrote ${schema}: this partition waits until this process is upgraded`);
  observe({ topic, group, kind: 'tooNew', partition: state.partition });
  state.tooNew = true;
  pausePartition(state.partition);
}

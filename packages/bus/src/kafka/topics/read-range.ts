/**
 * Reads given ranges of a topic once. kafkajs reads only as a member of a group: one that is to remember where it got
 * commits with this consumer, since kafkajs's own way to set offsets takes five seconds; any other is removed.
 */
import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import type { AdminDoor } from '../connect/admin-door.ts';

/** Offsets `from` up to, and without, `to`. */
export interface ReadRange {
  partition: number;
  from: bigint;
  to: bigint;
}

export interface ReadMessage {
  partition: number;
  message: KafkaMessage;
}

export interface ReadRangeOptions {
  kafka: Kafka;
  admin: AdminDoor;
  topicName: string;
  groupId: string;
  ranges: readonly ReadRange[];
  /** Commits the ends of the ranges once what was read has been used. */
  remembers: boolean;
}

/** Calls `use` with what it read, in order per partition. Rejects when that does or the consumer crashes. */
export async function readRange<T>(
  options: ReadRangeOptions,
  use: (messages: readonly ReadMessage[]) => Promise<T>,
): Promise<T> {
  const wanted = options.ranges.filter(({ from, to }) => from < to);
  if (wanted.length === 0) return use([]);
  const { kafka, topicName, groupId, remembers } = options;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100, allowAutoTopicCreation: false });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topicName], fromBeginning: true });
    const used = await use(await collect(consumer, topicName, wanted));
    const ends = wanted.map(({ partition, to }) => ({ topic: topicName, partition, offset: String(to) }));
    if (remembers) await consumer.commitOffsets(ends);
    return used;
  } finally {
    await consumer.disconnect();
    if (!remembers) await (await options.admin()).deleteGroups([groupId]).catch(() => {});
  }
}

async function collect(consumer: Consumer, topic: string, ranges: readonly ReadRange[]): Promise<ReadMessage[]> {
  const read: ReadMessage[] = [];
  const left = Map.groupBy(ranges.toSorted(byOffset), ({ partition }) => partition);
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>();

  /** Goes to the first range that is left, or is done with the partition. */
  function goOn(partition: number): void {
    const [next] = left.get(partition) ?? [];
    if (next) return consumer.seek({ topic, partition, offset: String(next.from) });
    left.delete(partition);
    consumer.pause([{ topic, partitions: [partition] }]);
    if (left.size === 0) resolve();
  }

  async function eachBatch({ batch }: EachBatchPayload): Promise<void> {
    const [range, ...rest] = left.get(batch.partition) ?? [];
    if (!range) return;
    const within = batch.messages.filter(({ offset }) => BigInt(offset) >= range.from && BigInt(offset) < range.to);
    read.push(...within.map((message) => ({ partition: batch.partition, message })));
    const next = BigInt(batch.lastOffset()) + 1n;
    const unread = next < range.to ? [{ ...range, from: next > range.from ? next : range.from }] : [];
    left.set(batch.partition, [...unread, ...rest]);
    goOn(batch.partition);
  }

  consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    const [assigned = []] = Object.values(payload.memberAssignment);
    for (const partition of assigned) if (left.has(partition)) goOn(partition);
    const others = assigned.filter((partition) => !left.has(partition));
    if (others.length > 0) consumer.pause([{ topic, partitions: others }]);
  });
  await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch });
  await ended;
  return read;
}

function byOffset(one: ReadRange, other: ReadRange): number {
  return one.from < other.from ? -1 : Number(one.from > other.from);
}

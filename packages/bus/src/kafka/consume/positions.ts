/** Where a consumer group stands in a topic: offsets with the counts that were committed with them, and the topic's ends. */
import type { Millis } from '@chatwarden/contracts';
import type { AdminDoor } from '../connect/admin-door.ts';
import { fromMetadata, type Counts } from './counts.ts';

export interface Position {
  /** Next offset to be handled; undefined where the group never committed one. */
  next: bigint | undefined;
  counts: Counts;
}

export interface Ends {
  /** First offset that retention has left. */
  low: bigint;
  /** Offset that the next record will get. */
  high: bigint;
}

export interface TopicGroup {
  topicName: string;
  groupId: string;
}

/** Of every partition. */
export async function readPositions(
  admin: AdminDoor,
  { topicName, groupId }: TopicGroup,
): Promise<Map<number, Position>> {
  const [committed] = await admin((client) => client.fetchOffsets({ groupId, topics: [topicName] }));
  const entries = committed?.partitions ?? [];
  return new Map(entries.map(({ partition, offset, metadata }) => [partition, toPosition(offset, metadata)]));
}

export function toPosition(offset: string, metadata: string | null): Position {
  const next = BigInt(offset);
  return { next: next < 0n ? undefined : next, counts: fromMetadata(metadata) };
}

export async function readEnds(admin: AdminDoor, topicName: string): Promise<Map<number, Ends>> {
  const partitions = await admin((client) => client.fetchTopicOffsets(topicName));
  return new Map(partitions.map(({ partition, low, high }) => [partition, { low: BigInt(low), high: BigInt(high) }]));
}

export interface PartitionPosition {
  partition: number;
  /** Next offset to be handled; undefined where the group has committed nothing. */
  offset: bigint | undefined;
  counts: Counts;
  /** Records that the group has not handled. */
  lag: number;
}

/** What a group has committed for every partition, and what is left for it. */
export async function readGroup(admin: AdminDoor, of: TopicGroup): Promise<readonly PartitionPosition[]> {
  const [positions, ends] = await Promise.all([readPositions(admin, of), readEnds(admin, of.topicName)]);
  return [...ends].map(([partition, end]) => {
    const { next, counts } = positions.get(partition) ?? { next: undefined, counts: {} };
    return { partition, offset: next, counts, lag: lagOf(next, end) };
  });
}

/** Whether something that was published before `at` is not handled yet. */
export async function hasUnhandledBefore(admin: AdminDoor, of: TopicGroup, at: Millis): Promise<boolean> {
  const [positions, ends, firstSince] = await Promise.all([
    readPositions(admin, of),
    readEnds(admin, of.topicName),
    admin((client) => client.fetchTopicOffsetsByTimestamp(of.topicName, at)),
  ]);
  return isUnhandledBefore(firstSince, positions, ends);
}

/** `firstSince`: for each partition the offset of the first record since some time, as a broker tells it. */
export function isUnhandledBefore(
  firstSince: readonly { partition: number; offset: string }[],
  positions: ReadonlyMap<number, Position>,
  ends: ReadonlyMap<number, Ends>,
): boolean {
  return firstSince.some(({ partition, offset }) => {
    const end = ends.get(partition);
    if (!end) return false;
    // Brokers answer -1 where nothing is as young as that.
    const until = BigInt(offset) < 0n ? end.high : BigInt(offset);
    return until > startOf(positions.get(partition)?.next, end);
  });
}

export function lagOf(next: bigint | undefined, ends: Ends | undefined): number {
  return ends ? Math.max(0, Number(ends.high - startOf(next, ends))) : 0;
}

/** Where a group goes on: never before what retention has left. */
function startOf(next: bigint | undefined, { low }: Ends): bigint {
  return next === undefined || next < low ? low : next;
}

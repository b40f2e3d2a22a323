/** Where a consumer group stands in a topic: offsets with the counts that were committed with them, and the topic's ends. */
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
  const [committed] = await (await admin()).fetchOffsets({ groupId, topics: [topicName] });
  const entries = committed?.partitions ?? [];
  return new Map(entries.map(({ partition, offset, metadata }) => [partition, toPosition(offset, metadata)]));
}

function toPosition(offset: string, metadata: string | null): Position {
  const next = BigInt(offset);
  return { next: next < 0n ? undefined : next, counts: fromMetadata(metadata) };
}

export async function readEnds(admin: AdminDoor, topicName: string): Promise<Map<number, Ends>> {
  const partitions = await (await admin()).fetchTopicOffsets(topicName);
  return new Map(partitions.map(({ partition, low, high }) => [partition, { low: BigInt(low), high: BigInt(high) }]));
}

/** How far a group is behind in topics, for whoever decides about the group from outside. */
import type { Clock, Millis, Topic } from '@chatwarden/contracts';
import type { AdminDoor } from '../connect/admin-door.ts';
import type { KafkaNames } from '../connect/names.ts';
import { isUnhandledBefore, lagOf, readEnds, readPositions, type Ends, type Position } from './positions.ts';

export interface TopicLag {
  topic: Topic;
  /** Records that the group has not handled. */
  records: number;
  partitions: readonly { partition: number; records: number }[];
  /** How old the oldest of them is at least: 0, or seconds in powers of two, since finding out more costs more. */
  oldestMs: number;
}

interface Standing {
  topicName: string;
  positions: ReadonlyMap<number, Position>;
  ends: ReadonlyMap<number, Ends>;
}

export interface LagDeps {
  admin: AdminDoor;
  names: KafkaNames;
  clock: Clock;
}

/** Brokers answer one request of a connection after the other: more at once would only wait there. */
const AT_ONCE = 8;
const AGE_FIRST_MS = 1000;
/** 2^17 seconds are a day and a half: longer than such topics keep anything. */
const AGE_STEPS = 17;

/** In the order of the topics, all of which exist. */
export async function readLags(deps: LagDeps, topics: readonly Topic[], group: string): Promise<TopicLag[]> {
  const lags: TopicLag[] = [];
  for (let from = 0; from < topics.length; from += AT_ONCE) {
    const some = topics.slice(from, from + AT_ONCE);
    lags.push(...(await Promise.all(some.map((topic) => readLag(deps, topic, group)))));
  }
  return lags;
}

async function readLag({ admin, names, clock }: LagDeps, topic: Topic, group: string): Promise<TopicLag> {
  const topicName = names.topic(topic);
  const groupId = names.group(topic, group);
  const [positions, ends] = await Promise.all([
    readPositions(admin, { topicName, groupId }),
    readEnds(admin, topicName),
  ]);
  const partitions = [...ends]
    .map(([partition, end]) => ({ partition, records: lagOf(positions.get(partition)?.next, end) }))
    .toSorted((one, other) => one.partition - other.partition);
  const records = partitions.reduce((sum, partition) => sum + partition.records, 0);
  const oldestMs = records === 0 ? 0 : await ageOf(admin, { topicName, positions, ends }, clock.now());
  return { topic, records, partitions, oldestMs };
}

/** Bisects over the ages, of which the oldest record has all up to its own. */
async function ageOf(admin: AdminDoor, { topicName, positions, ends }: Standing, now: Millis): Promise<number> {
  const ageAt = (step: number) => AGE_FIRST_MS * 2 ** step;
  let [reached, tooOld] = [-1, AGE_STEPS + 1];
  while (tooOld - reached > 1) {
    const step = Math.floor((reached + tooOld) / 2);
    const firstSince = await admin((client) => client.fetchTopicOffsetsByTimestamp(topicName, now - ageAt(step)));
    if (isUnhandledBefore(firstSince, positions, ends)) reached = step;
    else tooOld = step;
  }
  return reached < 0 ? 0 : ageAt(reached);
}

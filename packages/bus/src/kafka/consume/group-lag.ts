/**
 * How far a group is behind in topics, for whoever decides about the group from outside. Ends and ages are asked of each
 * broker for all topics at once; only what was committed is asked for topic by topic, since each topic has a consumer
 * group of its own (connect/names.ts) and kafkajs asks about one group at a time.
 */
import type { Clock, Millis, Topic } from '@chatwarden/contracts';
import type { Cluster, ClusterDoor, OffsetsWanted } from '../connect/cluster-door.ts';
import type { KafkaNames } from '../connect/names.ts';
import { isUnhandledBefore, lagOf, toPosition, type Ends, type Position } from './positions.ts';

export interface TopicLag {
  topic: Topic;
  /** Records that the group has not handled. */
  records: number;
  partitions: readonly { partition: number; records: number }[];
  /** How old the oldest of them is at least: 0, or seconds in powers of two, since finding out more costs more. */
  oldestMs: number;
}

/** Of one topic. */
interface Standing {
  topic: Topic;
  topicName: string;
  positions: ReadonlyMap<number, Position>;
  ends: ReadonlyMap<number, Ends>;
}

export interface LagDeps {
  cluster: ClusterDoor;
  names: KafkaNames;
  clock: Clock;
}

/** In the order of the topics, without those that do not exist. */
export type ReadLags = (topics: readonly Topic[], group: string) => Promise<TopicLag[]>;

/** Brokers answer one request of a connection after the other: more at once would only wait there. */
const AT_ONCE = 8;
const AGE_FIRST_MS = 1000;
/** 2^17 seconds are a day and a half: longer than such topics keep anything. */
const AGE_STEPS = 17;

export function createReadLags({ cluster, names, clock }: LagDeps): ReadLags {
  /** Brokers that coordinate groups: they change when a broker goes, and answer then that they are not the one. */
  const coordinators = new Map<string, number>();

  async function positionsOf(client: Cluster, groupId: string, { topic, partitions }: OffsetsWanted) {
    try {
      const nodeId = coordinators.get(groupId);
      const broker = await (nodeId === undefined
        ? client.findGroupCoordinator({ groupId })
        : client.findBroker({ nodeId }));
      coordinators.set(groupId, broker.nodeId);
      const { responses } = await broker.offsetFetch({ groupId, topics: [{ topic, partitions }] });
      const entries = responses[0]?.partitions ?? [];
      return new Map(entries.map(({ partition, offset, metadata }) => [partition, toPosition(offset, metadata)]));
    } catch (error) {
      coordinators.delete(groupId);
      throw error;
    }
  }

  async function standingsOf(client: Cluster, topics: readonly Topic[], group: string): Promise<Standing[]> {
    await client.refreshMetadata();
    const existing = topics.map((topic) => ({ topic, wanted: wantedOf(client, names.topic(topic)) }));
    const found = existing.filter(({ wanted }) => wanted.partitions.length > 0);
    const ends = await readAllEnds(
      client,
      found.map(({ wanted }) => wanted),
    );
    const standings: Standing[] = [];
    for (let from = 0; from < found.length; from += AT_ONCE) {
      const some = found.slice(from, from + AT_ONCE).map(async ({ topic, wanted }) => ({
        topic,
        topicName: wanted.topic,
        positions: await positionsOf(client, names.group(topic, group), wanted),
        ends: ends.get(wanted.topic) ?? new Map<number, Ends>(),
      }));
      standings.push(...(await Promise.all(some)));
    }
    return standings;
  }

  return async (topics, group) => {
    if (topics.length === 0) return [];
    const standings = await cluster((client) => standingsOf(client, topics, group));
    const lags = standings.map(toLag);
    const behind = standings.filter((_, at) => (lags[at]?.records ?? 0) > 0);
    const ages = behind.length > 0 ? await cluster((client) => readAges(client, behind, clock.now())) : new Map();
    return lags.map((lag, at) => ({ ...lag, oldestMs: ages.get(standings[at]) ?? 0 }));
  };
}

function wantedOf(client: Cluster, topic: string): OffsetsWanted {
  const partitions = client.findTopicPartitionMetadata(topic).map(({ partitionId }) => ({ partition: partitionId }));
  return { topic, partitions };
}

async function readAllEnds(client: Cluster, wanted: readonly OffsetsWanted[]): Promise<Map<string, Map<number, Ends>>> {
  const [highs, lows] = await Promise.all([
    client.fetchTopicsOffset(wanted),
    client.fetchTopicsOffset(wanted.map((one) => ({ ...one, fromBeginning: true }))),
  ]);
  const lowsOf = new Map(lows.map(({ topic, partitions }) => [topic, offsetsOf(partitions)]));
  return new Map(
    highs.map(({ topic, partitions }) => [
      topic,
      new Map(
        partitions.map(({ partition, offset }) => {
          const high = BigInt(offset);
          return [partition, { high, low: lowsOf.get(topic)?.get(partition) ?? high }];
        }),
      ),
    ]),
  );
}

function offsetsOf(partitions: readonly { partition: number; offset: string }[]): Map<number, bigint> {
  return new Map(partitions.map(({ partition, offset }) => [partition, BigInt(offset)]));
}

function toLag({ topic, positions, ends }: Standing): Omit<TopicLag, 'oldestMs'> {
  const partitions = [...ends]
    .map(([partition, end]) => ({ partition, records: lagOf(positions.get(partition)?.next, end) }))
    .toSorted((one, other) => one.partition - other.partition);
  return { topic, records: partitions.reduce((sum, { records }) => sum + records, 0), partitions };
}

/** Bisects over the ages, of which the oldest record has all up to its own; for all topics side by side. */
async function readAges(client: Cluster, behind: readonly Standing[], now: Millis): Promise<Map<Standing, number>> {
  const ageAt = (step: number) => AGE_FIRST_MS * 2 ** step;
  const searches = behind.map((standing) => ({ standing, reached: -1, tooOld: AGE_STEPS + 1, step: 0 }));
  for (;;) {
    const open = searches.filter(({ reached, tooOld }) => tooOld - reached > 1);
    if (open.length === 0) break;
    for (const search of open) search.step = Math.floor((search.reached + search.tooOld) / 2);
    const wanted = open.map(({ standing: { topicName, ends }, step }) => ({
      topic: topicName,
      partitions: [...ends.keys()].map((partition) => ({ partition })),
      fromTimestamp: now - ageAt(step),
    }));
    const firstSince = new Map(
      (await client.fetchTopicsOffset(wanted)).map((found) => [found.topic, found.partitions]),
    );
    for (const search of open) {
      const { topicName, positions, ends } = search.standing;
      if (isUnhandledBefore(firstSince.get(topicName) ?? [], positions, ends)) search.reached = search.step;
      else search.tooOld = search.step;
    }
  }
  return new Map(searches.map(({ standing, reached }) => [standing, reached < 0 ? 0 : ageAt(reached)]));
}

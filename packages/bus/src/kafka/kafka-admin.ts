/**
 * What is done to a Kafka cluster besides publishing and subscribing: topics are made and checked, groups are looked at,
 * poison is replayed.
 */
import type { Clock, Topic } from '@chatwarden/contracts';
import { openAdminDoor } from './connect/admin-door.ts';
import { openClusterDoor } from './connect/cluster-door.ts';
import { createClient, type KafkaConnection } from './connect/connection.ts';
import { kafkaNames } from './connect/names.ts';
import { createReadLags, type TopicLag } from './consume/group-lag.ts';
import { readMembers, removeGroup, type GroupMember } from './consume/members.ts';
import { createPublisher, DEFAULT_PUBLISHING } from './produce/publisher.ts';
import { ensureTopics, type EnsureTopicsOptions, type TopicReport } from './topics/ensure-topics.ts';
import { replayDead, type Replayed, type ReplayOptions } from './topics/replay-dead.ts';

export interface KafkaAdminOptions extends KafkaConnection {
  clock: Clock;
  prefix?: string | undefined;
}

/** Everything rejects with what kafkajs says when the cluster is away. */
export interface KafkaAdmin {
  /** Differences are also warned of in the log. */
  ensureTopics(options: Omit<EnsureTopicsOptions, 'prefix'>): Promise<readonly TopicReport[]>;
  /** In one request. `partitions` is 0 for a topic that does not exist. */
  describe(topics: readonly Topic[]): Promise<readonly TopicDescription[]>;
  /**
   * How far the group is behind; topics that do not exist are left out. One request per topic, for what was committed, and
   * a few for all of them; the first time two per topic.
   */
  lagOf(topics: readonly Topic[], group: string): Promise<readonly TopicLag[]>;
  /** Who consumes the topic in this group, those that are only joining included. */
  membersOf(topic: Topic, group: string): Promise<readonly GroupMember[]>;
  /** With its positions. Rejects while it has members; harmless when it is not there. */
  deleteGroup(topic: Topic, group: string): Promise<void>;
  /** With their dead letters; what does not exist is passed over. */
  removeTopics(topics: readonly Topic[]): Promise<void>;
  /** Publishes the records of dead letters again. */
  replayDead(options: ReplayOptions): Promise<Replayed>;
  /** Names as they are in the cluster, for others that look at it. */
  namesOf(topic: Topic, group: string): { topic: string; consumerGroup: string };
  close(): Promise<void>;
}

export interface TopicDescription {
  topic: Topic;
  partitions: number;
}

export function createKafkaAdmin(options: KafkaAdminOptions): KafkaAdmin {
  const { prefix, log, clock } = options;
  const names = kafkaNames(prefix);
  const kafka = createClient(options);
  const { admin, closeAdmin } = openAdminDoor(kafka);
  const { cluster, closeCluster } = openClusterDoor(kafka);

  async function ensure(what: Omit<EnsureTopicsOptions, 'prefix'>): Promise<readonly TopicReport[]> {
    const reports = await admin((client) => ensureTopics(client, { ...what, prefix }));
    for (const { topic, differences } of reports) {
      if (differences.length > 0) log?.warn({ topic, differences }, 'a topic is not as the topic table has it');
    }
    return reports;
  }

  async function describe(topics: readonly Topic[]): Promise<TopicDescription[]> {
    // Asked about one topic that is not there, a cluster fails to answer about all: so it is asked about none by name.
    const { topics: existing } = await admin((client) => client.fetchTopicMetadata());
    const counted = new Map(existing.map(({ name, partitions }) => [name, partitions.length]));
    return topics.map((topic) => ({ topic, partitions: counted.get(names.topic(topic)) ?? 0 }));
  }

  const of = (topic: Topic, group: string) => ({ topicName: names.topic(topic), groupId: names.group(topic, group) });

  async function removeTopics(topics: readonly Topic[]): Promise<void> {
    const existing = new Set(await admin((client) => client.listTopics()));
    const doomed = topics.flatMap((topic) => [names.topic(topic), names.dead(topic)]);
    const found = doomed.filter((name) => existing.has(name));
    if (found.length > 0) await admin((client) => client.deleteTopics({ topics: found }));
  }

  async function replay(what: ReplayOptions): Promise<Replayed> {
    const publisher = createPublisher({ kafka, names, clock, observe: () => {}, ...DEFAULT_PUBLISHING });
    try {
      const { publishMessages } = publisher;
      return await replayDead({ kafka, admin, names, publishMessages }, what);
    } finally {
      await publisher.close();
    }
  }

  return {
    ensureTopics: ensure,
    describe,
    lagOf: createReadLags({ cluster, names, clock }),
    membersOf: (topic, group) => readMembers(admin, of(topic, group)),
    deleteGroup: (topic, group) => removeGroup(admin, of(topic, group)),
    removeTopics,
    replayDead: replay,
    namesOf: (topic, group) => ({ topic: names.topic(topic), consumerGroup: names.group(topic, group) }),
    close: async () => void (await Promise.all([closeAdmin(), closeCluster()])),
  };
}

/** What is done to a Kafka cluster besides publishing and subscribing: topics are made and checked, poison is replayed. */
import type { Clock, Topic } from '@chatwarden/contracts';
import { openAdminDoor } from './connect/admin-door.ts';
import { createClient, type KafkaConnection } from './connect/connection.ts';
import { kafkaNames } from './connect/names.ts';
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
  /** With their dead letters; what does not exist is passed over. */
  removeTopics(topics: readonly Topic[]): Promise<void>;
  /** Publishes the records of dead letters again. */
  replayDead(options: ReplayOptions): Promise<Replayed>;
  close(): Promise<void>;
}

export function createKafkaAdmin(options: KafkaAdminOptions): KafkaAdmin {
  const { prefix, log, clock } = options;
  const names = kafkaNames(prefix);
  const kafka = createClient(options);
  const { admin, closeAdmin } = openAdminDoor(kafka);

  async function ensure(what: Omit<EnsureTopicsOptions, 'prefix'>): Promise<readonly TopicReport[]> {
    const reports = await ensureTopics(await admin(), { ...what, prefix });
    for (const { topic, differences } of reports) {
      if (differences.length > 0) log?.warn({ topic, differences }, 'a topic is not as the topic table has it');
    }
    return reports;
  }

  async function removeTopics(topics: readonly Topic[]): Promise<void> {
    const client = await admin();
    const existing = new Set(await client.listTopics());
    const doomed = topics.flatMap((topic) => [names.topic(topic), names.dead(topic)]);
    const found = doomed.filter((name) => existing.has(name));
    if (found.length > 0) await client.deleteTopics({ topics: found });
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

  return { ensureTopics: ensure, removeTopics, replayDead: replay, close: closeAdmin };
}

/** What is done to a Kafka cluster besides publishing and subscribing: topics are made, checked and removed. */
import type { Topic } from '@chatwarden/contracts';
import { openAdminDoor } from './connect/admin-door.ts';
import { createClient, type KafkaConnection } from './connect/connection.ts';
import { kafkaNames } from './connect/names.ts';
import { ensureTopics, type EnsureTopicsOptions, type TopicReport } from './topics/ensure-topics.ts';

export interface KafkaAdminOptions extends KafkaConnection {
  prefix?: string | undefined;
}

export interface KafkaAdmin {
  /** Differences are also warned of in the log. Rejects as kafkajs does when the cluster is away. */
  ensureTopics(options: Omit<EnsureTopicsOptions, 'prefix'>): Promise<readonly TopicReport[]>;
  /** With their dead letters; what does not exist is passed over. */
  removeTopics(topics: readonly Topic[]): Promise<void>;
  close(): Promise<void>;
}

export function createKafkaAdmin(options: KafkaAdminOptions): KafkaAdmin {
  const { prefix, log } = options;
  const names = kafkaNames(prefix);
  const { admin, closeAdmin } = openAdminDoor(createClient(options));

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
    const doomed = topics
      .flatMap((topic) => [names.topic(topic), names.dead(topic)])
      .filter((name) => existing.has(name));
    if (doomed.length > 0) await client.deleteTopics({ topics: doomed });
  }

  return { ensureTopics: ensure, removeTopics, close: closeAdmin };
}

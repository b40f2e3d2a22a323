/**
 * Makes the topics of the topic table and compares those that exist with it. What exists is never changed, but for
 * partitions when that is asked for: with more of them a key may move to another one, and its order is broken once.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { TOPICS, topicSettings, type Topic, type TopicSettings } from '@chatwarden/contracts';
import kafkajs, { type Admin } from 'kafkajs';
import { kafkaNames } from '../connect/names.ts';

export interface EnsureTopicsOptions {
  topics: readonly Topic[];
  prefix?: string | undefined;
  /** Copies of each partition, where a cluster has fewer brokers than the table asks for. */
  replication?: number | undefined;
  /** Instead of the table's, for topics that are made. */
  partitions?: number | undefined;
  /** Brings existing topics to at least so many partitions. */
  growTo?: number | undefined;
}

export interface TopicReport {
  /** Its name in the cluster. */
  topic: string;
  state: 'created' | 'kept' | 'grown';
  /** Where an existing topic is not as the table has it, for people. */
  differences: readonly string[];
}

const READY_TRY_MS = 100;
const READY_TRIES_MAX = 50;

interface Wanted extends TopicSettings {
  name: string;
}

export async function ensureTopics(admin: Admin, options: EnsureTopicsOptions): Promise<readonly TopicReport[]> {
  const wanted = toWanted(options);
  const existing = new Set(await admin.listTopics());
  const missing = wanted.filter(({ name }) => !existing.has(name));
  if (missing.length > 0) await create(admin, missing);
  const kept = wanted.filter(({ name }) => existing.has(name));
  const reports = kept.length > 0 ? await inspect(admin, kept, options) : [];
  const created = missing.map(({ name }): TopicReport => ({ topic: name, state: 'created', differences: [] }));
  return [...created, ...reports];
}

/**
 * Resolves when every partition answers. kafkajs would be content with a leader's name, and a leader that is not ready
 * makes it send a whole request again, with what another partition has stored already.
 */
async function create(admin: Admin, missing: readonly Wanted[]): Promise<void> {
  try {
    await admin.createTopics({ topics: missing.map(toTopicConfig), waitForLeaders: true });
  } catch (error) {
    // Another process may have made some of them meanwhile.
    const existing = new Set(await admin.listTopics());
    if (!missing.every(({ name }) => existing.has(name))) throw error;
  }
  for (const { name } of missing) await untilItAnswers(admin, name);
}

async function untilItAnswers(admin: Admin, topic: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await admin.fetchTopicOffsets(topic);
      return;
    } catch (error) {
      if (tries === READY_TRIES_MAX) throw error;
      await delay(READY_TRY_MS);
    }
  }
}

/** Each topic and the one for its dead letters, as this cluster should have them. */
function toWanted({ topics, prefix, replication, partitions }: EnsureTopicsOptions): Wanted[] {
  const names = kafkaNames(prefix);
  const adapt = (settings: TopicSettings): TopicSettings => {
    const copies = replication ?? settings.replication;
    const minInsyncReplicas = Math.min(settings.minInsyncReplicas, Math.max(1, copies - 1));
    return { ...settings, replication: copies, minInsyncReplicas, partitions: partitions ?? settings.partitions };
  };
  return topics.flatMap((topic) => [
    { name: names.topic(topic), ...adapt(topicSettings(topic)) },
    { name: names.dead(topic), ...adapt(TOPICS.dead) },
  ]);
}

function toTopicConfig(wanted: Wanted) {
  const { name, partitions, replication } = wanted;
  return {
    topic: name,
    numPartitions: partitions,
    replicationFactor: replication,
    configEntries: Object.entries(toConfig(wanted)).map(([key, value]) => ({ name: key, value })),
  };
}

function toConfig({ retentionMs, segmentMs, minInsyncReplicas }: TopicSettings): Record<string, string> {
  return {
    'cleanup.policy': 'delete',
    'retention.ms': String(retentionMs),
    'min.insync.replicas': String(minInsyncReplicas),
    'unclean.leader.election.enable': 'false',
    ...(segmentMs === undefined ? {} : { 'segment.ms': String(segmentMs) }),
  };
}

async function inspect(admin: Admin, kept: readonly Wanted[], { growTo }: EnsureTopicsOptions): Promise<TopicReport[]> {
  const { topics } = await admin.fetchTopicMetadata({ topics: kept.map(({ name }) => name) });
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: kept.map(({ name }) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name })),
  });
  const reports: TopicReport[] = [];
  for (const one of kept) {
    const partitions = topics.find(({ name }) => name === one.name)?.partitions ?? [];
    const entries = resources.find(({ resourceName }) => resourceName === one.name)?.configEntries ?? [];
    const has = new Map(entries.map(({ configName, configValue }) => [configName, configValue]));
    const grows = growTo !== undefined && growTo > partitions.length;
    if (grows) await admin.createPartitions({ topicPartitions: [{ topic: one.name, count: growTo }] });
    const counted = [
      ...(grows ? [] : differenceOf('partitions', partitions.length, Math.max(one.partitions, growTo ?? 0))),
      ...differenceOf('replication', partitions[0]?.replicas.length, one.replication),
    ];
    const settings = Object.entries(toConfig(one)).flatMap(([key, value]) => differenceOf(key, has.get(key), value));
    reports.push({ topic: one.name, state: grows ? 'grown' : 'kept', differences: [...counted, ...settings] });
  }
  return reports;
}

function differenceOf(what: string, is: string | number | undefined, wanted: string | number): string[] {
  return is === wanted ? [] : [`${what} is ${is ?? 'unknown'}, not ${wanted}`];
}

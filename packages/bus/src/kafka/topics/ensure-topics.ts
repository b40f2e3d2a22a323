/**
 * Makes the topics of the topic table and compares those that exist with it. What exists is never changed, but for
 * partitions when that is asked for: with more of them a key may move to another one, and its order is broken once.
 */
import { TOPICS, topicSettings, type Topic, type TopicSettings } from '@chatwarden/contracts';
import kafkajs, { type Admin } from 'kafkajs';
import { kafkaNames } from '../connect/names.ts';
import { whenMade } from '../connect/when-ready.ts';

export interface EnsureTopicsOptions {
  topics: readonly Topic[];
  prefix?: string | undefined;
  /** Copies of each partition, where a cluster has fewer brokers than the table asks for. */
  replication?: number | undefined;
  /** Instead of the table's, for topics that are made. */
  partitions?: number | undefined;
  /** Brings existing topics to at least so many partitions. */
  growTo?: number | undefined;
  /** Partitions of one topic: it is made with so many or brought to them, and never has fewer than before. */
  perTopic?: ReadonlyMap<Topic, number> | undefined;
}

export interface TopicReport {
  /** Its name in the cluster. */
  topic: string;
  state: 'created' | 'kept' | 'grown';
  /** Where an existing topic is not as the table has it, for people. */
  differences: readonly string[];
}

interface Wanted extends TopicSettings {
  name: string;
  growTo?: number | undefined;
}

export async function ensureTopics(admin: Admin, options: EnsureTopicsOptions): Promise<readonly TopicReport[]> {
  const wanted = toWanted(options);
  const existing = new Set(await admin.listTopics());
  const missing = wanted.filter(({ name }) => !existing.has(name));
  if (missing.length > 0) await create(admin, missing);
  const kept = wanted.filter(({ name }) => existing.has(name));
  const reports = kept.length > 0 ? await inspect(admin, kept) : [];
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
  for (const { name } of missing) await whenMade(() => admin.fetchTopicOffsets(name));
}

/** Each topic and the one for its dead letters, as this cluster should have them. */
function toWanted({ topics, prefix, replication, partitions, growTo, perTopic }: EnsureTopicsOptions): Wanted[] {
  const names = kafkaNames(prefix);
  const adapt = (settings: TopicSettings, own?: number): Omit<Wanted, 'name'> => {
    const copies = replication ?? settings.replication;
    const minInsyncReplicas = Math.min(settings.minInsyncReplicas, Math.max(1, copies - 1));
    const counted = { partitions: own ?? partitions ?? settings.partitions, growTo: own ?? growTo };
    return { ...settings, replication: copies, minInsyncReplicas, ...counted };
  };
  return topics.flatMap((topic) => {
    const own = perTopic?.get(topic);
    // No topic needs more of them for what it could not handle than for what it could.
    const ofDead = own === undefined ? undefined : Math.min(own, TOPICS.dead.partitions);
    return [
      { name: names.topic(topic), ...adapt(topicSettings(topic), own) },
      { name: names.dead(topic), ...adapt(TOPICS.dead, ofDead) },
    ];
  });
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

async function inspect(admin: Admin, kept: readonly Wanted[]): Promise<TopicReport[]> {
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
    const { growTo } = one;
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

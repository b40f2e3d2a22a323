/** Every topic in one table: what it carries, how it is keyed, how long it is kept and whose it is. */
import type { ActionTaken } from './action.ts';
import type { ChatEvent } from './chat-event.ts';
import type { GroupId } from './ids.ts';
import type { LogChunk, RefusedChunk } from './log-chunk.ts';
import type { Verdict } from './verdict.ts';

export type DedicatedTopic = `events.g.${GroupId}`;
export type Topic = 'events' | DedicatedTopic | 'verdicts' | 'actions' | 'logs' | 'logs.refused';

export interface TopicRecords {
  events: ChatEvent;
  verdicts: Verdict;
  actions: ActionTaken;
  logs: LogChunk;
  'logs.refused': RefusedChunk;
}
export type RecordOf<T extends Topic> = T extends keyof TopicRecords ? TopicRecords[T] : ChatEvent;

export interface TopicSettings {
  /** For people: what the key is made of. */
  key: string;
  partitions: number;
  replication: number;
  minInsyncReplicas: number;
  retentionMs: number;
  /** Longest life of a segment; short where text must be gone soon after its retention. */
  segmentMs?: number;
  owner: string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const replicated = { replication: 3, minInsyncReplicas: 2 };

type TopicFamily = keyof TopicRecords | 'events.g' | 'dead';

export const TOPICS: Readonly<Record<TopicFamily, TopicSettings>> = {
  events: {
    ...replicated,
    key: 'groupId',
    partitions: 24,
    retentionMs: DAY_MS,
    segmentMs: HOUR_MS,
    owner: 'bot',
  },
  'events.g': {
    ...replicated,
    key: 'sender',
    partitions: 6,
    retentionMs: DAY_MS,
    segmentMs: HOUR_MS,
    owner: 'bot',
  },
  verdicts: { ...replicated, key: 'groupId', partitions: 24, retentionMs: 7 * DAY_MS, owner: 'alertd' },
  actions: { ...replicated, key: 'groupId', partitions: 24, retentionMs: 7 * DAY_MS, owner: 'bot' },
  logs: { ...replicated, key: 'service and day', partitions: 24, retentionMs: 3 * DAY_MS, owner: 'ingestd' },
  'logs.refused': { ...replicated, key: 'service and day', partitions: 6, retentionMs: 7 * DAY_MS, owner: 'ingestd' },
  dead: { ...replicated, key: 'as its source', partitions: 6, retentionMs: 7 * DAY_MS, owner: 'bus' },
};

/** Consumer group of the detectors, whichever topic they judge. */
export const DETECT_GROUP = 'alertd-detect';

export function dedicatedTopic(groupId: GroupId): DedicatedTopic {
  return `events.g.${groupId}`;
}

export function topicSettings(topic: Topic): TopicSettings {
  return topic.startsWith('events.g.') ? TOPICS['events.g'] : TOPICS[topic as keyof TopicRecords];
}

type KeyOf<T extends keyof TopicRecords> = (record: TopicRecords[T]) => string;
const KEYS: { [T in keyof TopicRecords]: KeyOf<T> } = {
  events: (event) => event.groupId,
  verdicts: (verdict) => verdict.groupId,
  actions: (action) => action.groupId,
  logs: (chunk) => `${chunk.service} ${chunk.day}`,
  'logs.refused': (chunk) => `${chunk.service} ${chunk.day}`,
};

/** Records with one key keep their order. */
export function keyOf<T extends Topic>(topic: T, record: RecordOf<T>): string {
  if (topic.startsWith('events.g.')) return (record as ChatEvent).sender.key;
  return KEYS[topic as keyof TopicRecords](record as never);
}

/** What names a record in logs and dead letters. */
export function idOf<T extends Topic>(record: RecordOf<T>): string {
  return record.id;
}

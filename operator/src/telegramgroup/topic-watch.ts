/** Looks at the topics of all dedicated groups now and then, so that reconciles need not ask Kafka. */
import { dedicatedTopic, type Clock, type GroupId, type Millis } from '@chatwarden/contracts';
import type { TopicDoor, TopicFacts, TopicWatch } from './ports.ts';

export interface TopicWatchDeps {
  topics: Pick<TopicDoor, 'look'>;
  clock: Clock;
  /** Something that a reconcile says of the group has changed. */
  onChange(groupId: GroupId): void;
}

export interface RunningTopicWatch extends TopicWatch {
  /** Asks about these; what is known of others is forgotten. Rejects when Kafka is away, and nothing changes. */
  lookAtAll(groupIds: readonly GroupId[]): Promise<void>;
}

/** The objective is a verdict within five seconds; Kafka is asked about ages in powers of two. */
const LATE_MS = 8000;
/** From one look to the next lag comes and goes. */
const LATE_LOOKS = 2;

const NO_TOPIC = { exists: false, partitions: 0, lag: 0, oldestMs: 0 };

interface Known {
  facts: TopicFacts;
  /** First of the looks in a row that found it late. */
  lateAt: Millis | undefined;
  lateLooks: number;
}

export function createTopicWatch({ topics, clock, onChange }: TopicWatchDeps): RunningTopicWatch {
  const known = new Map<GroupId, Known>();

  const isLate = (one: Known | undefined) => (one?.lateLooks ?? 0) >= LATE_LOOKS;

  function learn(groupId: GroupId, facts: TopicFacts): void {
    const former = known.get(groupId);
    const late = facts.oldestMs >= LATE_MS;
    const now: Known = late
      ? { facts, lateAt: former?.lateAt ?? facts.at, lateLooks: (former?.lateLooks ?? 0) + 1 }
      : { facts, lateAt: undefined, lateLooks: 0 };
    known.set(groupId, now);
    const changes =
      isLate(former) !== isLate(now) ||
      former?.facts.partitions !== facts.partitions ||
      former.facts.exists !== facts.exists;
    if (changes) onChange(groupId);
  }

  async function ask(groupIds: readonly GroupId[]): Promise<void> {
    const found = await topics.look(groupIds.map(dedicatedTopic));
    const at = clock.now();
    for (const groupId of groupIds) {
      const facts = found.get(dedicatedTopic(groupId)) ?? NO_TOPIC;
      learn(groupId, { ...facts, at });
    }
  }

  async function lookAtAll(groupIds: readonly GroupId[]): Promise<void> {
    if (groupIds.length > 0) await ask(groupIds);
    const wanted = new Set(groupIds);
    for (const groupId of known.keys()) if (!wanted.has(groupId)) known.delete(groupId);
  }

  async function look(groupId: GroupId): Promise<TopicFacts> {
    await ask([groupId]);
    return known.get(groupId)?.facts ?? { ...NO_TOPIC, at: clock.now() };
  }

  return {
    lookAtAll,
    look,
    factsOf: (groupId) => known.get(groupId)?.facts,
    lateSince: (groupId) => (isLate(known.get(groupId)) ? known.get(groupId)?.lateAt : undefined),
  };
}

/** What the operator needs of the outside, besides the API server. */
import type { Colour, DedicatedTopic, GroupId, Millis } from '@chatwarden/contracts';

export interface TopicFacts {
  exists: boolean;
  partitions: number;
  /** Records that the detectors have not handled. */
  lag: number;
  /** Age of the oldest of them, at least. */
  oldestMs: Millis;
  /** When it was asked. */
  at: Millis;
}

/** Topics of dedicated groups, through bus's admin door. Everything rejects when Kafka is away. */
export interface TopicDoor {
  /** Makes the topic, or brings it to at least so many partitions. Resolves to how many it has. */
  ensure(topic: DedicatedTopic, partitions: number): Promise<number>;
  /** In a few requests, however many topics. */
  look(topics: readonly DedicatedTopic[]): Promise<Map<DedicatedTopic, Omit<TopicFacts, 'at'>>>;
  /** Members of the detectors' consumer group, by colour. */
  members(topic: DedicatedTopic): Promise<Record<Colour, number>>;
  /** With its dead letters and what its consumers have committed. */
  remove(topic: DedicatedTopic): Promise<void>;
  /** Names as they are in the cluster, for the autoscaler. */
  names(topic: DedicatedTopic): { topic: string; consumerGroup: string };
}

/** What is known of a group's topic without asking, and now. */
export interface TopicWatch {
  factsOf(groupId: GroupId): TopicFacts | undefined;
  /** Asks now, for this one. */
  look(groupId: GroupId): Promise<TopicFacts>;
  /** How long more waits than its detectors should have: since when; undefined when it does not. */
  lateSince(groupId: GroupId): Millis | undefined;
}

/** Topics without Kafka: remembers them, and every call. Who consumes is asked of the test. */
import type { Colour, DedicatedTopic } from '@chatwarden/contracts';
import type { TopicDoor } from '../src/telegramgroup/ports.ts';

export interface RecordedTopics extends TopicDoor {
  calls: string[];
  topics: Map<DedicatedTopic, { partitions: number; lag: number; oldestMs?: number }>;
  /** Every call rejects from now on, or again does not. */
  away(is: boolean): void;
}

export function recordTopics(membersOf: (topic: DedicatedTopic) => Promise<Record<Colour, number>>): RecordedTopics {
  const calls: string[] = [];
  const topics: RecordedTopics['topics'] = new Map();
  let isAway = false;

  function record(call: string): void {
    calls.push(call);
    if (isAway) throw new Error('no broker answers');
  }

  return {
    calls,
    topics,
    away: (is) => void (isAway = is),
    async ensure(topic, partitions) {
      record(`ensure ${topic} ${partitions}`);
      const former = topics.get(topic);
      const now = { lag: former?.lag ?? 0, partitions: Math.max(partitions, former?.partitions ?? 0) };
      topics.set(topic, now);
      return now.partitions;
    },
    async look(asked) {
      record(`look ${asked.length}`);
      return new Map(
        asked.flatMap((topic) => {
          const found = topics.get(topic);
          return found ? [[topic, { exists: true, oldestMs: 0, ...found }] as const] : [];
        }),
      );
    },
    async members(topic) {
      record(`members ${topic}`);
      return membersOf(topic);
    },
    async remove(topic) {
      record(`remove ${topic}`);
      topics.delete(topic);
    },
    names: (topic) => ({ topic, consumerGroup: `alertd-detect.${topic}` }),
  };
}

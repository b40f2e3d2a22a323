/** A bus on the Kafka of this test run, with topics of its own, and what its tests look at. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock, DeadLetter, Topic } from '@chatwarden/contracts';
import { testKafka } from '@chatwarden/testkit/kafka';
import { onTestFinished } from 'vitest';
import { createKafkaAdmin } from '../src/kafka/kafka-admin.ts';
import { createKafkaBus, type KafkaBusOptions } from '../src/kafka/kafka-bus.ts';

/** The machine's own: Kafka knows no other. */
export const realClock: Clock = {
  now: Date.now,
  sleep: (ms, signal) => delay(ms, undefined, signal ? { signal } : {}).catch(() => {}),
};

/** Three partitions are enough for members to share. */
export const PARTITIONS = 3;

export async function aCluster(topics: readonly Topic[] = ['events']) {
  const { brokers, prefix } = testKafka();
  const connection = { brokers: [brokers], clientId: 'test', prefix };
  const admin = createKafkaAdmin(connection);
  onTestFinished(() => admin.close());
  await admin.ensureTopics({ topics, replication: 1, partitions: PARTITIONS });
  return { connection, admin };
}

export function aKafkaBus(options: Omit<KafkaBusOptions, 'clock'>) {
  const letters: DeadLetter[] = [];
  const deadLetters = { put: async (more: readonly DeadLetter[]) => void letters.push(...more) };
  const bus = createKafkaBus({ clock: realClock, deadLetters, ...options });
  onTestFinished(() => bus.close());
  return { bus, letters };
}

/** Buses on the Kafka of this test run, with topics of their own, and what their tests look at. */
import { setTimeout as delay } from 'node:timers/promises';
import type { ChatEvent, Clock, DeadLetter, Topic } from '@chatwarden/contracts';
import { anEvent } from '@chatwarden/testkit';
import { makePrefix, testKafka } from '@chatwarden/testkit/kafka';
import { expect, onTestFinished } from 'vitest';
import type { Delivery, Handle } from '../src/bus.ts';
import { createClient, type KafkaSasl, type KafkaTls } from '../src/kafka/connect/connection.ts';
import { createKafkaAdmin, type KafkaAdmin } from '../src/kafka/kafka-admin.ts';
import { createKafkaBus, type KafkaBus, type KafkaBusOptions } from '../src/kafka/kafka-bus.ts';

/** The machine's own: Kafka knows no other. */
export const realClock: Clock = {
  now: Date.now,
  sleep: (ms, signal) => delay(ms, undefined, signal ? { signal } : {}).catch(() => {}),
};

/** Enough for two members to share. */
const PARTITIONS = 3;
const POLL_MS = 20;
const UNTIL_MS = 25_000;

/** Short times, for tests that wait until a member counts as dead. Brokers take no session below 6 s. */
export const QUICK = { heartbeatMs: 300, sessionTimeoutMs: 6000, metadataMaxAgeMs: 500, maxWaitMs: 100 };

export interface Connection extends Reach {
  clientId: string;
  prefix: string;
}

/** Another broker than that of the test run. */
export interface Reach {
  brokers: string[];
  tls?: KafkaTls;
  sasl?: KafkaSasl;
}

export function aConnection(reach?: Reach): Connection {
  return { ...(reach ?? { brokers: [testKafka().brokers] }), clientId: 'test', prefix: makePrefix() };
}

interface ClusterOptions {
  topics?: Topic[];
  partitions?: number;
  reach?: Reach;
}

export async function aCluster({ topics = ['events'], partitions = PARTITIONS, reach }: ClusterOptions = {}) {
  const connection = aConnection(reach);
  const admin = createKafkaAdmin({ clock: realClock, ...connection });
  onTestFinished(() => admin.close());
  await admin.ensureTopics({ topics, replication: 1, partitions });
  return { connection, admin };
}

export interface Said {
  fields: Record<string, unknown>;
  message: string;
}

export function aKafkaBus(options: Omit<KafkaBusOptions, 'clock'>) {
  const letters: DeadLetter[] = [];
  const said: Said[] = [];
  const say = (fields: object, message: string) => void said.push({ fields: { ...fields }, message });
  const deadLetters = { put: async (more: readonly DeadLetter[]) => void letters.push(...more) };
  const log = { warn: say, error: say };
  const bus = createKafkaBus({ clock: realClock, deadLetters, log, ...options });
  onTestFinished(() => bus.close());
  return { bus, letters, said };
}

/** Collects what it is given; `before` sees each batch first. */
export function aCollector(
  before: (batch: readonly ChatEvent[], delivery: Delivery) => Promise<void> = async () => {},
) {
  const handled: string[] = [];
  const handle: Handle<'events'> = async (batch, delivery) => {
    await before(batch, delivery);
    handled.push(...batch.map(({ id }) => id));
    return [];
  };
  return { handled, handle };
}

export function subscribeTo(bus: KafkaBus, handle: Handle<'events'>, group = 'only') {
  return bus.subscribe({ topic: 'events', group, batchMax: 10, handle });
}

/** Of several groups, so that they spread over partitions. */
export function someEvents(count: number, from = 0): ChatEvent[] {
  return Array.from({ length: count }, (_, index) =>
    anEvent({ groupId: `g${String(index % 12).padStart(16, '0')}`, message: { messageId: from + index + 1 } }),
  );
}

export const idsOf = (events: readonly { id: string }[]) => events.map(({ id }) => id);

/** Waits for a condition, as long as Kafka may need. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + UNTIL_MS; Date.now() < end; await delay(POLL_MS)) {
    if (await condition()) return;
  }
  expect(await condition()).toBe(true);
}

export const hasAll = (handled: readonly string[], ids: readonly string[]) => {
  const seen = new Set(handled);
  return ids.every((id) => seen.has(id));
};

/** What is true of a group as a whole. */
export async function totalOf(bus: KafkaBus, group = 'only') {
  const partitions = await bus.positionsOf('events', group);
  const counts: Record<string, number> = {};
  for (const partition of partitions) {
    for (const [name, n] of Object.entries(partition.counts)) counts[name] = (counts[name] ?? 0) + n;
  }
  return { counts, lag: partitions.reduce((sum, { lag }) => sum + lag, 0) };
}

/** Kafka as it is, past the adapter. */
export function bareKafka(connection: Connection) {
  return createClient({ brokers: connection.brokers, clientId: 'bare' });
}

export type { KafkaAdmin };

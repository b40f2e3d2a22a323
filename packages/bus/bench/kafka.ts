/**
 * What the Kafka adapter bears: records a second stored and handled, and how long one takes from publish to its handler
 * at a steady rate. Starts a broker of its own.
 *   npm exec -- node packages/bus/bench/kafka.ts [records] [seconds at a thousand a second]
 */
import { chooseBackends } from '@chatwarden/testkit/backends';
import { anEvent } from '@chatwarden/testkit';
import type { ChatEvent } from '@chatwarden/contracts';
import { createKafkaAdmin } from '../src/kafka/kafka-admin.ts';
import { createKafkaBus, type KafkaBus } from '../src/kafka/kafka-bus.ts';

const [records = 100_000, seconds = 20] = process.argv.slice(2).map(Number);
const PUBLISHERS = 4;
const PER_PUBLISH = 500;
const PARTITIONS = 12;
const RATE = 1000;
const TICK_MS = 10;
const clock = {
  now: Date.now,
  sleep: (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (signal?.aborted) return resolve();
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    }),
};

let made = 0;
const someEvents = (count: number): ChatEvent[] =>
  Array.from({ length: count }, () => {
    made += 1;
    return anEvent({ groupId: `g${String(made % 50).padStart(16, '0')}`, message: { messageId: made } });
  });

async function measureRates(bus: KafkaBus): Promise<void> {
  const parts = Array.from({ length: Math.ceil(records / PER_PUBLISH) }, () => someEvents(PER_PUBLISH));
  const bytes = JSON.stringify(parts[0]?.[0]).length;
  const total = made;
  const produce = await measured(total, async () => {
    await Promise.all(Array.from({ length: PUBLISHERS }, () => publishAll(bus, parts)));
  });
  let handled = 0;
  const done = Promise.withResolvers<void>();
  const handle = async (batch: readonly ChatEvent[]) => {
    handled += batch.length;
    if (handled >= total) done.resolve();
    return [];
  };
  const consume = await measured(total, async () => {
    const subscription = await bus.subscribe({ topic: 'events', group: 'rates', batchMax: PER_PUBLISH, handle });
    await done.promise;
    await subscription.close();
  });
  console.log(`${total} events of ${bytes} bytes, ${PARTITIONS} partitions, batches of ${PER_PUBLISH}`);
  console.log(`stored   ${produce} (acks=all, ${PUBLISHERS} publishers)`);
  console.log(`handled  ${consume} (read, checked, committed per batch; joining and leaving included)`);
}

async function publishAll(bus: KafkaBus, parts: ChatEvent[][]): Promise<void> {
  for (let part = parts.pop(); part; part = parts.pop()) await bus.publish('events', part);
}

/** Publishes ten every 10 ms, whether or not the ones before are done. */
async function measureLatency(bus: KafkaBus): Promise<void> {
  const publishedAt = new Map<string, number>();
  const storedMs: number[] = [];
  const handledMs: number[] = [];
  await bus.subscribe({
    topic: 'events',
    group: 'rates',
    batchMax: 100,
    handle: async (batch) => {
      const now = performance.now();
      for (const { id } of batch) handledMs.push(now - (publishedAt.get(id) ?? now));
      return [];
    },
  });
  const cpu = process.cpuUsage();
  const pending: Promise<void>[] = [];
  const count = RATE * seconds;
  const startedAt = performance.now();
  for (let sent = 0; sent < count;) {
    const due = Math.min(count, Math.floor(((performance.now() - startedAt) / 1000) * RATE));
    for (; sent < due; sent += 1) pending.push(publishOne(bus, publishedAt, storedMs));
    await clock.sleep(TICK_MS);
  }
  await Promise.all(pending);
  while (handledMs.length < count) await clock.sleep(TICK_MS);
  console.log(`at ${RATE} a second for ${seconds} s, published one by one:`);
  console.log(`publish to stored   ${percentiles(storedMs)}`);
  console.log(`publish to handler  ${percentiles(handledMs)}`);
  console.log(`${cpuPer(count, cpu)}, both sides`);
}

async function publishOne(bus: KafkaBus, publishedAt: Map<string, number>, storedMs: number[]): Promise<void> {
  const [event] = someEvents(1);
  if (!event) return;
  const at = performance.now();
  publishedAt.set(event.id, at);
  await bus.publish('events', [event]);
  storedMs.push(performance.now() - at);
}

/** Rate by the clock, and what it cost this process: the cost says more on a machine that has other work. */
async function measured(count: number, work: () => Promise<void>): Promise<string> {
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  await work();
  const perSecond = Math.round((count / (performance.now() - startedAt)) * 1000);
  return `${perSecond} a second, ${cpuPer(count, cpu)}`;
}

function cpuPer(count: number, since: NodeJS.CpuUsage): string {
  const { user, system } = process.cpuUsage(since);
  return `${((user + system) / count).toFixed(0)} µs of CPU an event`;
}

function percentiles(ms: number[]): string {
  const sorted = ms.toSorted((one, other) => one - other);
  const at = (part: number) => (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(1);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(0.9999)} ms`;
}

const server = await (await chooseBackends(process.env)).kafka();
try {
  const connection = { brokers: [server.brokers], clientId: 'bench', clock };
  const admin = createKafkaAdmin(connection);
  await admin.ensureTopics({ topics: ['events'], replication: 1, partitions: PARTITIONS });
  await admin.close();
  const bus = createKafkaBus({ ...connection, log: console });
  await measureRates(bus);
  await measureLatency(bus);
  await bus.close();
} finally {
  await server.remove();
}

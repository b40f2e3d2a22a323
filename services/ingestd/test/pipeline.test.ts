/** From the door through Kafka into OpenSearch, all of them real. */
import { randomBytes } from 'node:crypto';
import { createKafkaAdmin, createKafkaBus } from '@chatwarden/bus';
import { createMetrics, silentLogger, systemClock } from '@chatwarden/daemon';
import { createBulkEngine, logIndex, openConnection } from '@chatwarden/logstore';
import { hasKafka, testKafka } from '@chatwarden/testkit/kafka';
import { hasOpenSearch, testOpenSearch } from '@chatwarden/testkit/opensearch';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createBusDurable } from '../src/accept/to-bus.ts';
import { INDEX_GROUP, startIndexing } from '../src/index/start-indexing.ts';
import { replay, REPLAY_GROUP } from '../src/index/replay.ts';
import { createIndexLag } from '../src/index/watch-index-lag.ts';
import { aDoor, ndjson, post } from './a-door.ts';

const clock = systemClock();
const PARTITIONS = 2;

async function aPipeline() {
  const { brokers, prefix } = testKafka();
  const connection = { brokers: [brokers], clientId: 'test', prefix };
  const admin = createKafkaAdmin({ ...connection, clock });
  await admin.ensureTopics({ topics: ['logs', 'logs.refused'], replication: 1, partitions: PARTITIONS });
  await admin.close();
  const bus = createKafkaBus({ ...connection, clock });
  onTestFinished(() => bus.close());
  const search = openConnection({ url: testOpenSearch().url, clock });
  onTestFinished(() => search.close());
  const sink = createBulkEngine({ connection: search, clock, log: silentLogger() });
  onTestFinished(() => sink.close());
  const door = await aDoor({ clock, durable: createBusDurable(bus) });

  const service = `shop-${randomBytes(4).toString('hex')}`;
  const time = new Date().toISOString();
  const index = logIndex(service, time.slice(0, 10));
  const anEvent = (id: string, more: object = {}) => ({
    '@timestamp': time,
    service: { name: service },
    event: { id },
    ...more,
  });
  const ask = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) => {
    const { status, text } = await search.request({ method, path, ...(body ? { body: JSON.stringify(body) } : {}) });
    return { status, body: JSON.parse(text) as { count?: number; hits?: { total: { value: number } } } };
  };
  const indexed = async () => {
    await ask('POST', `/${index}/_refresh`);
    return (await ask('GET', `/${index}/_count`)).body.count;
  };
  const counts = async () => {
    const total: Record<string, number> = {};
    for (const position of await bus.positionsOf('logs', INDEX_GROUP)) {
      for (const [name, n] of Object.entries(position.counts)) total[name] = (total[name] ?? 0) + n;
    }
    return total;
  };
  const refused = () => bus.positionsOf('logs.refused', REPLAY_GROUP);
  const start = () => startIndexing({ bus, sink, clock, metrics: createMetrics({ service: { name: 'ingestd' } }) });
  return { door, bus, ask, index, anEvent, indexed, counts, refused, start };
}

const patiently = { timeout: 20_000, interval: 100 };

describe.skipIf(!hasKafka() || !hasOpenSearch())('logs (needs Kafka and OpenSearch)', () => {
  it('are indexed once each, and one bad event of a thousand costs that event', async () => {
    const { door, anEvent, indexed, counts, start } = await aPipeline();
    await start();
    const events: object[] = Array.from({ length: 1000 }, (_, n) => anEvent(`${n}`, { message: `order ${n}` }));
    events[500] = anEvent('500', { message: { text: 'order 500' } });
    const answer = await post(door, ndjson(...events));
    expect(answer.json()).toEqual({
      accepted: 999,
      refused: 1,
      refusedPositions: [500],
      errors: [{ position: 500, code: 'not-a-document', reason: 'not a document: /message must be string' }],
    });
    await expect.poll(indexed, patiently).toBe(999);
    expect((await post(door, ndjson(...events))).status).toBe(207);
    await expect.poll(counts, patiently).toEqual({ indexed: 999, duplicate: 999 });
    expect(await indexed()).toBe(999);
  });

  it('that the index refuses are kept with its reason, and posted again when the cause is mended', async () => {
    const { door, bus, ask, index, anEvent, indexed, counts, refused, start } = await aPipeline();
    const mapping = (type: string) => ({ mappings: { properties: { size: { type } } } });
    await ask('PUT', `/${index}`, mapping('integer'));
    await start();
    const events = Array.from({ length: 20 }, (_, n) => anEvent(`${n}`, { size: n === 7 ? 'large' : n }));
    expect((await post(door, ndjson(...events))).json()).toEqual({ accepted: 20 });
    await expect.poll(counts, patiently).toEqual({ indexed: 19, dead: 1 });
    expect(await indexed()).toBe(19);

    const reasons: string[] = [];
    const reader = await bus.subscribe({
      topic: 'logs.refused',
      group: 'reader',
      batchMax: 10,
      handle: async (chunks) => {
        for (const chunk of chunks) reasons.push(...chunk.reasons);
        return [];
      },
    });
    await expect.poll(() => reasons, patiently).toEqual([expect.stringContaining('failed to parse field [size]')]);
    await reader.close();

    await ask('DELETE', `/${index}`);
    await ask('PUT', `/${index}`, mapping('keyword'));
    const pending = async () => (await refused()).reduce((sum, { lag }) => sum + lag, 0);
    const signal = AbortSignal.timeout(20_000);
    expect(await replay({ bus, pending, clock }, signal)).toBe(1);
    await expect.poll(counts, patiently).toEqual({ indexed: 20, dead: 1 });
    expect(await indexed()).toBe(1);
    expect(await replay({ bus, pending, clock }, signal)).toBe(0);
  });

  it('wait while the index is away, and the door knows when that is too long', async () => {
    const { door, bus, anEvent, counts, start } = await aPipeline();
    const stop = new AbortController();
    const halfRetentionOn = { ...clock, now: () => clock.now() + 37 * 3_600_000 };
    const [lag, later] = [createIndexLag(bus, clock), createIndexLag(bus, halfRetentionOn)];
    const subscription = await start();
    await subscription.close();
    await post(door, ndjson(anEvent('1')));
    const watching = [lag.watch(stop.signal), later.watch(stop.signal)];
    await expect.poll(later.isBehind, patiently).toBe(true);
    expect(lag.isBehind()).toBe(false);
    await start();
    await expect.poll(counts, patiently).toEqual({ indexed: 1 });
    stop.abort();
    await Promise.all(watching);
  });
});

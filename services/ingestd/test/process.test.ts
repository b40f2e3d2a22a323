/** ingestd as the process that it is: what is posted to it is found in OpenSearch. */
import { randomBytes } from 'node:crypto';
import { hasKafka } from '@chatwarden/testkit/kafka';
import { hasOpenSearch } from '@chatwarden/testkit/opensearch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aRunningIngestd, type RunningIngestd } from './a-running-ingestd.ts';

const patiently = { timeout: 20_000, interval: 100 };
const NDJSON = 'application/x-ndjson';

/** Of now: the process goes by the real clock. */
function anOrder(id: string, over: object = {}) {
  return { '@timestamp': new Date().toISOString(), service: { name: 'shop' }, event: { id }, ...over };
}

function aTrace() {
  return { traceId: randomBytes(16).toString('hex'), spanId: randomBytes(8).toString('hex') };
}

describe.skipIf(!hasKafka() || !hasOpenSearch())('a process of ingestd (needs Kafka and OpenSearch)', () => {
  let process: RunningIngestd;

  const messagesOf = async (service: string) => {
    await process.logStore.refresh();
    return (await process.logStore.search({ service, limit: 10 })).events.map(({ message }) => message);
  };

  beforeAll(async () => {
    process = await aRunningIngestd();
  });
  afterAll(() => process.stop());

  it('brings a document into the index, under the id that the log store gives it', async () => {
    const order = anOrder('order 7', { message: 'order placed' });
    const answer = await process.post('/ingest', NDJSON, JSON.stringify(order));
    expect([answer.status, await answer.json()]).toEqual([202, { accepted: 1 }]);
    await expect.poll(() => messagesOf('shop'), patiently).toEqual(['order placed']);
    expect(await process.logStore.write([order])).toEqual([{ id: 'order 7', result: 'duplicate' }]);
  });

  it('keeps the spans of others, sent as OTLP JSON', async () => {
    const ids = aTrace();
    const at = BigInt(Date.now()) * 1_000_000n;
    const times = { startTimeUnixNano: `${at}`, endTimeUnixNano: `${at + 5n}` };
    const body = { resourceSpans: [{ scopeSpans: [{ spans: [{ ...ids, ...times, name: 'GET /', kind: 2 }] }] }] };
    expect((await process.post('/v1/traces', 'application/json', JSON.stringify(body))).status).toBe(200);
    const names = async () => {
      await process.spanStore.refresh();
      return (await process.spanStore.spansOf(ids.traceId)).map(({ name }) => name);
    };
    await expect.poll(names, patiently).toEqual(['GET /']);
  });

  it('tells what it did itself with a document, in the trace that the document names', async () => {
    const { traceId, spanId } = aTrace();
    const traced = anOrder('order 8', { trace: { id: traceId }, span: { id: spanId } });
    expect((await process.post('/ingest', NDJSON, JSON.stringify(traced))).status).toBe(202);
    const steps = async () => {
      await process.spanStore.refresh();
      return (await process.spanStore.spansOf(traceId)).map(({ name }) => name).toSorted();
    };
    await expect.poll(steps, patiently).toEqual(['accept', 'index']);
  });

  it('posts again by the command replay what the index refused', async () => {
    const index = process.index('depot');
    const size = { type: 'integer', ignore_malformed: false };
    expect(await process.ask('PUT', index, { mappings: { properties: { size } } })).toBe(200);
    const parcels = ['large', 3].map((n) => anOrder(`${n}`, { service: { name: 'depot' }, message: `${n}`, size: n }));
    const body = parcels.map((parcel) => JSON.stringify(parcel)).join('\n');
    expect((await process.post('/ingest', NDJSON, body)).status).toBe(202);
    await expect.poll(() => messagesOf('depot'), patiently).toEqual(['3']);
    expect(await process.ask('DELETE', index)).toBe(200);
    expect(await process.replay()).toBe(0);
    await expect.poll(() => messagesOf('depot'), patiently).toEqual(['large']);
  });
});

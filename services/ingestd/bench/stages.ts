/**
 * CPU of what ingestd itself does with an event, by stage, without engines and sockets: microseconds an event, warm. For
 * comparing two versions of the code on one machine, also on one that is busy.
 * Run: npm exec -- node services/ingestd/bench/stages.ts [events a request]
 */
import { hashId, type LogChunk } from '@chatwarden/contracts';
import { dayWindow, type RawDocument } from '@chatwarden/logstore';
import { codecOf } from '../../../packages/bus/src/kafka/codec/codecs.ts';
import { bulkBody } from '../../../packages/logstore/src/opensearch/bulk/bulk-body.ts';
import { openCall, toEntries } from '../../../packages/logstore/src/opensearch/bulk/call.ts';
import { readNdjson } from '../src/accept/read-events.ts';
import { toChunks } from '../src/accept/to-chunks.ts';
import { splitChunk } from '../src/index/split-chunk.ts';

const BATCH = Number(process.argv[2] ?? 1000);
const EVENTS = 100_000;
const LIMITS = { eventsMax: 10_000, eventBytesMax: 256 * 1024 };
const ANYBODY = { id: '', mayModerate: false, mayWrite: () => true, eventsPerSecond: 0 };
const time = new Date().toISOString();

function aLine(n: number): string {
  return JSON.stringify({
    '@timestamp': time,
    ecs: { version: '9.4.0' },
    message: `GET /orders/${n} answered 200 in ${n % 300} ms`,
    event: { id: hashId('bench', n), kind: 'event', dataset: 'shop.access', outcome: 'success', created: time },
    service: { name: 'shop', version: '1.4.2', environment: 'production', node: { name: `shop-${n % 3}` } },
    log: { level: n % 50 === 0 ? 'warn' : 'info', logger: 'http.server' },
    trace: { id: hashId('trace', n) },
    labels: { region: 'eu-1', team: 'orders', version: 'blue' },
    http: { request: { method: 'GET' }, response: { status_code: 200, bytes: 512 + (n % 4096) } },
    url: { path: `/orders/${n}` },
  });
}

const spent = new Map<string, number>();
function stage<T>(name: string, work: () => T): T {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  spent.set(name, (spent.get(name) ?? 0) + user + system);
  return result;
}

function throughDoor(body: Buffer): LogChunk[] {
  const context = { sender: ANYBODY, window: dayWindow(Date.now(), 7) };
  const events = stage('read and check', () => readNdjson(body, LIMITS, context));
  if (typeof events === 'string') throw new Error(events);
  return stage('chunks', () => toChunks(events.documents));
}

function throughTopic(chunks: readonly LogChunk[]): LogChunk[] {
  const codec = codecOf('logs');
  return stage('record and back', () =>
    chunks.map((chunk) => {
      const { value, headers } = codec.encode(chunk);
      const reading = codec.decode({ key: null, value, headers } as never);
      if (reading.result !== 'record') throw new Error(reading.result);
      return reading.record;
    }),
  );
}

function toBody(chunks: readonly LogChunk[]): Uint8Array {
  const documents: RawDocument[] = stage('split', () => chunks.flatMap((chunk) => splitChunk(chunk, '') ?? []));
  return stage('bulk body', () => {
    const signal = new AbortController().signal;
    const entries = toEntries(documents, openCall({ documents: documents.length, signal, onGivenUp: () => {} }));
    const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
    return bulkBody(
      entries.map(({ document }) => document),
      bytes,
    );
  });
}

function round(bodies: readonly Buffer[]): number {
  let bytes = 0;
  for (const body of bodies) bytes += toBody(throughTopic(throughDoor(body))).length;
  return bytes;
}

const bodies = Array.from({ length: EVENTS / BATCH }, (_, request) =>
  Buffer.from(Array.from({ length: BATCH }, (_, n) => aLine(request * BATCH + n)).join('\n')),
);
round(bodies);
spent.clear();
const bytes = round(bodies);
const all = [...spent.values()].reduce((sum, one) => sum + one, 0);
for (const [name, us] of [...spent, ['all', all] as const]) console.log(name.padEnd(16), (us / EVENTS).toFixed(2));
console.log(`${Math.round(bytes / EVENTS)} bytes an event on the way to the index`);

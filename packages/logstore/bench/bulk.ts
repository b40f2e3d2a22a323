/**
 * Documents a second and CPU seconds per million, our bulk engine beside the client's own helper, in turns on one server.
 * Both get the same lines, ready to be sent. Needs an OpenSearch; makes and deletes indices whose names begin with
 * `bench-`. Run: npm exec -- node packages/logstore/bench/bulk.ts http://127.0.0.1:9200 [documents a round]
 */
import { hashId, type Clock } from '@chatwarden/contracts';
import { Client } from '@opensearch-project/opensearch';
import { aVerdictEvent } from '../src/contract/a-log-event.ts';
import { logIndex, type RawDocument } from '../src/documents.ts';
import { createAsk } from '../src/opensearch/ask.ts';
import { createBulkEngine } from '../src/opensearch/bulk/bulk-engine.ts';
import { openConnection } from '../src/opensearch/connection.ts';
import { install } from '../src/opensearch/install.ts';

const [url = 'http://127.0.0.1:9200', documents = '10000'] = process.argv.slice(2);
const COUNT = Number(documents);
const ROUNDS = 4;
/** As ingestd does: chunks of so many documents, so many at the same time. */
const CHUNK = 500;
const CALLERS = 16;
const BYTES = 2 * 1024 * 1024;
const PREFIX = 'bench-';
const MILLION = 1_000_000;

const clock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
    }),
};
const log = { info: () => undefined, warn: console.warn, error: console.error };
const connection = openConnection({ url, clock });
const ask = createAsk(connection);

interface Line extends RawDocument {
  text: string;
}

function makeLines(round: string): Line[] {
  return Array.from({ length: COUNT }, (_, i) => {
    const id = hashId(round, i);
    const event = aVerdictEvent({ id, chatwarden: { messageId: i, reasons: [`1 link to site-${i % 997}.example`] } });
    const text = JSON.stringify(event);
    return { id, index: logIndex(`svc${i % 4}`, '2026-11-24', PREFIX), line: Buffer.from(text), text };
  });
}

async function byEngine(lines: readonly Line[]): Promise<number> {
  const engine = createBulkEngine({ connection, clock, log, bytesMax: BYTES });
  let next = 0;
  let created = 0;
  const caller = async () => {
    while (next < lines.length) {
      const chunk = lines.slice(next, (next += CHUNK));
      const outcomes = await engine.writeDocuments(chunk, new AbortController().signal);
      created += outcomes.filter((outcome) => outcome.result === 'created').length;
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  engine.close();
  return created;
}

async function byHelper(lines: readonly Line[]): Promise<number> {
  const client = new Client({ node: url });
  const places = lines.values();
  const { successful } = await client.helpers.bulk({
    datasource: lines.map(({ text }) => text),
    // It asks in the order of the documents.
    onDocument: () => {
      const { id = '', index = '' } = places.next().value ?? {};
      return { create: { _index: index, _id: id } };
    },
    flushBytes: BYTES,
    concurrency: 8,
  });
  await client.close();
  return successful;
}

async function serverCpuMs(): Promise<number> {
  const { body } = await ask({ method: 'GET', path: '/_nodes/stats/process' });
  const { nodes } = body as { nodes: Record<string, { process: { cpu: { total_in_millis: number } } }> };
  return Object.values(nodes).reduce((sum, node) => sum + node.process.cpu.total_in_millis, 0);
}

interface Measured {
  perSecond: number;
  /** CPU seconds per million documents, of this process and of the server. */
  client: number;
  server: number;
}

async function measure(run: (lines: readonly Line[]) => Promise<number>, lines: readonly Line[]): Promise<Measured> {
  const [cpu, server, begun] = [process.cpuUsage(), await serverCpuMs(), performance.now()];
  const created = await run(lines);
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  if (created !== COUNT) throw new Error(`${created} of ${COUNT} documents were created`);
  const serverMs = (await serverCpuMs()) - server;
  return {
    perSecond: COUNT / seconds,
    client: ((user + system) / MILLION / COUNT) * MILLION,
    server: (serverMs / 1000 / COUNT) * MILLION,
  };
}

function report(name: string, rounds: readonly Measured[]): void {
  const median = (pick: (measured: Measured) => number) =>
    rounds.map(pick).toSorted((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? 0;
  const [rate, client, server] = [median((m) => m.perSecond), median((m) => m.client), median((m) => m.server)];
  console.log(
    `${name.padEnd(18)} ${rate.toFixed(0).padStart(7)} documents/s   CPU s per million: ` +
      `${client.toFixed(1)} here, ${server.toFixed(1)} in OpenSearch   (median of ${rounds.length})`,
  );
}

await install({ ask, prefix: PREFIX, keepDays: 7 });
console.log(`${COUNT} documents of ${makeLines('size')[0]?.line.length} bytes a round`);
await measure(byEngine, makeLines('warm engine'));
await measure(byHelper, makeLines('warm helper'));
const results: Record<'engine' | 'helper', Measured[]> = { engine: [], helper: [] };
for (let round = 0; round < ROUNDS; round++) {
  results.engine.push(await measure(byEngine, makeLines(`engine ${round}`)));
  results.helper.push(await measure(byHelper, makeLines(`helper ${round}`)));
}
report('our engine', results.engine);
report("the client's helper", results.helper);
await ask({ method: 'DELETE', path: `/${PREFIX}logs-*` });
await ask({ method: 'DELETE', path: `/_index_template/${PREFIX}chatwarden-logs` });
await connection.close();

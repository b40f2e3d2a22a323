/**
 * What it costs to bring log events into OpenSearch: ingestd beside the client's own bulk helper and rsyslog, all in one
 * run on this machine, each with the same events in batches of 1, 100 and 1000, after a warm-up with others. Only ingestd's
 * events are durable before they are indexed; what that costs Kafka stands in a column of its own.
 * Run: make load-ingest [EVENTS=100000]; a batch size behind it (node test/load/ingest.ts 100000 1000) measures only that.
 * CPU_PROF_DIR keeps profiles of ingestd there.
 */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { hashId } from '@chatwarden/contracts';
import { logIndex } from '@chatwarden/logstore';
import { chooseBackends } from '@chatwarden/testkit/backends';
import { readOptions } from '../../tools/options/read-options.ts';
import { bulkHelper } from './ingest/bulk-helper.ts';
import { ingestd } from './ingest/ingestd.ts';
import { rsyslog } from './ingest/rsyslog.ts';
import type { Job, Measured, Shipper } from './ingest/shipper.ts';

const SHIPPERS: readonly Shipper[] = [ingestd, bulkHelper, rsyslog];
/** Fewer where each travels alone: a run is to take minutes. */
const BATCHES = [
  { batch: 1, share: 0.1 },
  { batch: 100, share: 1 },
  { batch: 1000, share: 1 },
];
const { positionals } = readOptions(import.meta.filename, {});
const [EVENTS = 100_000, ONLY_BATCH] = positionals.map(Number);
/** Until the compilers of Node and of the JVMs have seen the way. */
const WARM_UP_SHARE = 0.2;

interface Written {
  from: number;
  to: number;
}

async function writeEvents(file: string, service: string, { from, to }: Written): Promise<void> {
  const out = createWriteStream(file);
  const time = new Date().toISOString();
  for (let n = from; n < to; n += 1) out.write(`${JSON.stringify(anEvent(service, time, n))}\n`);
  out.end();
  await finished(out);
}

/** About 600 bytes, as a service with a logger of its time writes. */
function anEvent(service: string, time: string, n: number): object {
  return {
    '@timestamp': time,
    ecs: { version: '9.4.0' },
    message: `GET /orders/${n} answered 200 in ${n % 300} ms`,
    event: { id: hashId(service, n), kind: 'event', dataset: `${service}.access`, outcome: 'success', created: time },
    service: { name: service, version: '1.4.2', environment: 'production', node: { name: `${service}-${n % 3}` } },
    log: { level: n % 50 === 0 ? 'warn' : 'info', logger: 'http.server' },
    trace: { id: hashId('trace', n) },
    labels: { region: 'eu-1', team: 'orders', version: 'blue' },
    http: { request: { method: 'GET' }, response: { status_code: 200, bytes: 512 + (n % 4096) } },
    url: { path: `/orders/${n}` },
  };
}

function report(name: string, { events, batch }: Job, measured: Measured): void {
  const rate = (seconds: number | undefined) => (seconds === undefined ? '-' : Math.round(events / seconds).toString());
  const perMillion = (seconds: number | undefined) =>
    seconds === undefined ? '-' : ((seconds * 1e6) / events).toFixed(1);
  const { cpu } = measured;
  const columns = [
    name.padEnd(12),
    String(batch).padStart(6),
    rate(measured.acceptedSeconds).padStart(11),
    rate(measured.indexedSeconds).padStart(10),
    perMillion(cpu.shipper).padStart(13),
    perMillion(cpu.kafka).padStart(6),
    perMillion(cpu.openSearch).padStart(11),
    measured.peakMb.toFixed(0).padStart(8),
  ];
  console.log(columns.join(' '));
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'chatwarden-ingest-'));
  const backends = await chooseBackends(process.env);
  const [kafka, openSearch] = await Promise.all([
    backends.kafka({ forLoad: true }),
    backends.openSearch({ forLoad: true }),
  ]);
  try {
    for (const shipper of SHIPPERS) {
      const reason = shipper.missing();
      if (reason !== undefined) console.log(`${shipper.name} is left out: ${reason}`);
    }
    console.log('shipper       batch  accepted/s  indexed/s  CPU s/million  Kafka  OpenSearch  peak MB');
    const batches = BATCHES.filter(({ batch }) => ONLY_BATCH === undefined || batch === ONLY_BATCH);
    for (const { batch, share } of batches) {
      for (const shipper of SHIPPERS.filter((one) => one.missing() === undefined)) {
        const service = `load-${shipper.name.replaceAll(' ', '-')}-${batch}`;
        const events = Math.max(batch, Math.round(EVENTS * share));
        const warmUp = { file: join(folder, `${service}-warm-up.ndjson`), events: Math.round(events * WARM_UP_SHARE) };
        const file = join(folder, `${service}.ndjson`);
        await writeEvents(warmUp.file, service, { from: 0, to: warmUp.events });
        await writeEvents(file, service, { from: warmUp.events, to: warmUp.events + events });
        const index = logIndex(service, new Date().toISOString().slice(0, 10));
        const job = { file, events, warmUp, batch, index, openSearchUrl: openSearch.url, brokers: kafka.brokers };
        report(shipper.name, job, await shipper.run(job));
      }
    }
  } finally {
    await Promise.all([kafka.remove(), openSearch.remove()]);
    rmSync(folder, { recursive: true });
  }
}

await main();

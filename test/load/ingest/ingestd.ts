/** ingestd as it is deployed: both roles in a process, Kafka between them; senders post over kept connections. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@chatwarden/postgres-server';
import { untilCount } from './counting.ts';
import { measureCpu } from './engine-use.ts';
import { peakMbOf } from './peak-memory.ts';
import type { Job, Measured, Shipper } from './shipper.ts';

const MAIN = join(import.meta.dirname, '../../../services/ingestd/src/main.ts');
const SENDERS = 8;
const READY_WITHIN_MS = 60_000;

export const ingestd: Shipper = { name: 'ingestd', missing: () => undefined, run };

async function run(job: Job): Promise<Measured> {
  const [port, healthPort] = [await freePort(), await freePort()];
  const env = {
    PATH: '/usr/bin:/bin',
    KAFKA_BROKERS: job.brokers,
    KAFKA_PREFIX: `load-${port}-`,
    KAFKA_REPLICATION: '1',
    OPENSEARCH_URL: job.openSearchUrl,
    INGEST_PORT: String(port),
    HEALTH_PORT: String(healthPort),
    LOG_LEVEL: 'error',
  };
  // For who wants to know where the time goes.
  const profile = process.env['CPU_PROF_DIR'];
  const args = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const child = spawn(process.execPath, [...args, MAIN], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  try {
    await untilReady(healthPort);
    const pid = child.pid ?? 0;
    const url = `http://127.0.0.1:${port}/ingest`;
    const { warmUp, events } = job;
    await sendAll(requestsOf({ ...job, ...warmUp }), url);
    await untilCount({ ...job, ...warmUp });
    const requests = requestsOf(job);
    const cpu = measureCpu(pid, ['kafka', 'openSearch']);
    const begun = performance.now();
    const since = () => (performance.now() - begun) / 1000;
    await sendAll(requests, url);
    const acceptedSeconds = since();
    await untilCount({ ...job, events: warmUp.events + events });
    return { acceptedSeconds, indexedSeconds: since(), cpu: cpu(), peakMb: peakMbOf(pid) };
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  }
}

function requestsOf({ file, batch }: Pick<Job, 'file' | 'batch'>): string[] {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return Array.from({ length: Math.ceil(lines.length / batch) }, (_, n) =>
    lines.slice(n * batch, (n + 1) * batch).join('\n'),
  );
}

async function sendAll(requests: string[], url: string): Promise<void> {
  const left = requests.toReversed();
  const sender = async () => {
    for (let body = left.pop(); body !== undefined; body = left.pop()) await send(url, body);
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
}

async function send(url: string, body: string): Promise<void> {
  const headers = { 'content-type': 'application/x-ndjson' };
  for (;;) {
    const answer = await fetch(url, { method: 'POST', headers, body });
    const text = await answer.text();
    if (answer.status === 202) return;
    if (answer.status !== 503 && answer.status !== 429) throw new Error(`ingestd answered ${answer.status}: ${text}`);
    await sleep(Number(answer.headers.get('retry-after') ?? 1) * 1000);
  }
}

async function untilReady(healthPort: number): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  const isReady = () =>
    fetch(`http://127.0.0.1:${healthPort}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) {
    if (performance.now() > deadline) throw new Error('ingestd is not ready');
    await sleep(100);
  }
}

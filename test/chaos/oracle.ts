/**
 * Sends documents to the door and remembers what was answered: whatever was accepted is an obligation, to be found
 * exactly once. What was not answered, or refused for now, is sent again with the same ids, as a good sender does.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Obligations {
  /** Accepted: must be found. */
  owed: ReadonlySet<string>;
  /** Sent at all: whatever is found must be one of these. */
  issued: ReadonlySet<string>;
}

export interface Found {
  /** Document ids by index, as OpenSearch has them. */
  documents: readonly { index: string; id: string }[];
}

export interface Mistakes {
  /** Accepted and not there. */
  lost: number;
  /** There more than once, in whatever indices. */
  doubled: number;
  /** There, and nobody sent it. */
  neverIssued: number;
}

export function compare({ owed, issued }: Obligations, { documents }: Found): Mistakes {
  const times = new Map<string, number>();
  for (const { id } of documents) times.set(id, (times.get(id) ?? 0) + 1);
  return {
    lost: [...owed].filter((id) => !times.has(id)).length,
    doubled: [...times.values()].filter((count) => count > 1).length,
    neverIssued: [...times.keys()].filter((id) => !issued.has(id)).length,
  };
}

export interface OracleOptions {
  /** Of ingestd. */
  url: string;
  service: string;
  perSecond: number;
  /** `@timestamp` of the nth document; absent: now. */
  timeOf?: (n: number) => number;
}

export interface Oracle extends Obligations {
  /** Requests that were answered with something else than acceptance, or not at all. */
  refusals(): number;
  /** Sends what is open once more and resolves when all of it was accepted. */
  stop(): Promise<void>;
}

const BATCH = 50;
const PATIENCE_MS = 10_000;
const PAUSE_MS = 200;

export function startOracle(options: OracleOptions): Oracle {
  const { url, service, perSecond, timeOf = () => Date.now() } = options;
  const owed = new Set<string>();
  const issued = new Set<string>();
  const stopping = new AbortController();
  let refused = 0;
  let n = 0;

  function nextBatch() {
    return Array.from({ length: BATCH }, () => {
      const at = new Date(timeOf(n)).toISOString();
      n += 1;
      return {
        '@timestamp': at,
        ecs: { version: '9.4.0' },
        message: `document ${n}`,
        event: {
          id: randomBytes(16).toString('hex'),
          kind: 'event',
          category: ['process'],
          type: ['info'],
          action: 'oracle',
          dataset: 'chaos.oracle',
          provider: 'chaos',
          created: at,
        },
        service: { name: service, version: '0.0.0', environment: 'chaos', node: { name: 'oracle' } },
        log: { level: 'info', logger: 'oracle' },
        labels: {},
      };
    });
  }

  async function send(batch: ReturnType<typeof nextBatch>): Promise<void> {
    const body = batch.map((document) => JSON.stringify(document)).join('\n');
    const ids = batch.map(({ event }) => event.id);
    for (const id of ids) issued.add(id);
    while ((await statusOf(body)) !== 202) {
      refused += 1;
      await sleep(PAUSE_MS);
    }
    for (const id of ids) owed.add(id);
  }

  /** Of the answer; 0 when there was none. */
  async function statusOf(body: string): Promise<number> {
    const headers = { 'content-type': 'application/x-ndjson' };
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const status = await fetch(new URL('/ingest', url), { method: 'POST', headers, body, signal }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.status;
      },
      () => 0,
    );
    const isWrong = status >= 200 && status < 500 && status !== 202 && status !== 429;
    if (isWrong) throw new Error(`the door answers ${status} to a sound batch`);
    return status;
  }

  async function run(): Promise<void> {
    const began = performance.now();
    const sending = new Set<Promise<void>>();
    while (!stopping.signal.aborted) {
      const one = send(nextBatch()).finally(() => sending.delete(one));
      sending.add(one);
      const aheadMs = began + (n / perSecond) * 1000 - performance.now();
      if (aheadMs > 0) await sleep(aheadMs);
      while (sending.size > 20) await Promise.race(sending);
    }
    await Promise.all(sending);
  }
  const running = run();

  return {
    owed,
    issued,
    refusals: () => refused,
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

/** Kafka, OpenSearch and PostgreSQL of one run, to be stopped and started; documents as OpenSearch has them. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase } from '@chatwarden/store';
import {
  chooseBackends,
  type KafkaServer,
  type OpenSearchServer,
  type PostgresServer,
} from '@chatwarden/testkit/backends';

export interface RunningEngines {
  kafka: KafkaServer;
  openSearch: OpenSearchServer;
  postgres: PostgresServer;
  databaseUrl: string;
  /** Where Kafka keeps its data, when it has a small file system of its own. */
  kafkaDisk?: string;
  remove(): Promise<void>;
}

export interface EngineOptions {
  /** Gives Kafka a file system of so many MiB, which only root can make. */
  kafkaDiskMib?: number;
  /** As an operator runs them: to be measured. */
  forLoad?: boolean;
}

export async function startEngines({ kafkaDiskMib, forLoad = false }: EngineOptions = {}): Promise<RunningEngines> {
  const backends = await chooseBackends(process.env);
  const disk = kafkaDiskMib === undefined ? undefined : mountDisk(kafkaDiskMib);
  const kafka = await inFolder(disk, () => backends.kafka({ forLoad }));
  const [openSearch, postgres] = await Promise.all([backends.openSearch({ forLoad }), backends.postgres({ forLoad })]);
  const databaseUrl = await createDatabase(postgres.url, { name: `chatwarden_${randomBytes(4).toString('hex')}` });
  const remove = async () => {
    await Promise.all([kafka.remove(), openSearch.remove(), postgres.remove()]);
    if (disk === undefined) return;
    execFileSync('umount', [disk]);
    rmSync(disk, { recursive: true });
  };
  return { kafka, openSearch, postgres, databaseUrl, remove, ...(disk === undefined ? {} : { kafkaDisk: disk }) };
}

function mountDisk(mib: number): string {
  const dir = mkdtempSync(join(tmpdir(), 'chatwarden-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mib}m`, 'tmpfs', dir]);
  chmodSync(dir, 0o711);
  return dir;
}

/** Servers put their data below the folder for temporary files. */
async function inFolder<T>(dir: string | undefined, run: () => Promise<T>): Promise<T> {
  if (dir === undefined) return run();
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = dir;
  try {
    return await run();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

export interface StoredDocument {
  id: string;
  index: string;
  document: unknown;
}

const PAGE = 5000;

interface Wanted {
  /** In OpenSearch's query language; everything when absent. */
  query?: object;
  /** All of them when absent. */
  fields?: readonly string[];
}

/** What an index says that somebody else is just making. */
const NO_SHARD_YET = 503;
const TRIES_MAX = 50;
const ASK_AGAIN_MS = 100;

/** Every document of the indices, such as `logs-*`, after a refresh. */
export async function readDocuments(
  openSearchUrl: string,
  pattern: string,
  { query = { match_all: {} }, fields }: Wanted = {},
): Promise<StoredDocument[]> {
  const post = async (path: string, body?: object) => {
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, ...(body ? { body: JSON.stringify(body) } : {}) };
    let response = await fetch(new URL(path, openSearchUrl), init);
    for (let tries = 1; response.status === NO_SHARD_YET && tries < TRIES_MAX; tries += 1) {
      await sleep(ASK_AGAIN_MS);
      response = await fetch(new URL(path, openSearchUrl), init);
    }
    if (!response.ok) throw new Error(`OpenSearch answers ${response.status} to ${path}: ${await response.text()}`);
    return response.json();
  };
  await post(`/${pattern}/_refresh?allow_no_indices=true&ignore_unavailable=true`);
  const found: StoredDocument[] = [];
  for (let after: unknown[] | undefined; ;) {
    const { hits } = (await post(`/${pattern}/_search?allow_no_indices=true&ignore_unavailable=true`, {
      size: PAGE,
      query,
      ...(fields ? { _source: fields } : {}),
      sort: [{ 'event.id': 'asc' }, { _index: 'asc' }],
      ...(after ? { search_after: after } : {}),
    })) as { hits: { hits: { _id: string; _index: string; _source: unknown; sort: unknown[] }[] } };
    for (const { _id: id, _index: index, _source: document } of hits.hits) found.push({ id, index, document });
    after = hits.hits.at(-1)?.sort;
    if (hits.hits.length < PAGE) return found;
  }
}

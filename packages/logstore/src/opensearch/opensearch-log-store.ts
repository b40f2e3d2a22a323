/**
 * The LogStore on OpenSearch: an index per service and UTC day of @timestamp, so that the same document always meets
 * itself there, and a day goes by deleting indices. What was taken is found after about a second.
 */
import type { Clock, LogDocument } from '@chatwarden/contracts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { logIndices, type DocumentSink } from '../documents.ts';
import type { ItemOutcome, LogStore, Page, Query } from '../log-store.ts';
import { tailBy } from '../tail.ts';
import { createAsk } from './ask.ts';
import { createBulkEngine, type BulkEngineOptions, type BulkStats } from './bulk/bulk-engine.ts';
import type { StoreLog } from './bulk/sparse-log.ts';
import { openConnection, type Credentials, type TlsFiles } from './connection.ts';
import { createCounts } from './counts.ts';
import { install, type Installation } from './install.ts';
import { findPage } from './pages.ts';
import { createRetention } from './retention.ts';
import { toRawDocument } from './to-raw-document.ts';
import { writeInTime } from './write-in-time.ts';

export interface OpenSearchLogStoreOptions {
  url: string;
  auth?: Credentials;
  tls?: TlsFiles;
  /** Before every name of an index, alias, template and policy; for several installations on one cluster. */
  prefix?: string;
  clock: Clock;
  /** Full days that are kept; older documents are refused. */
  keepDays: number;
  log: StoreLog;
  bulk?: Pick<BulkEngineOptions, 'bytesMax' | 'documentsMax' | 'lingerMs' | 'requestsMax' | 'timeoutMs'>;
}

export interface OpenSearchLogStore extends LogStore, DocumentSink {
  /** Makes template and policy, or brings them up to date. To be awaited before the first document is written. */
  install(): Promise<Installation>;
  /** Makes all that was written findable now. For tests: it costs a cluster much. */
  refresh(): Promise<void>;
  stats(): BulkStats;
  close(): Promise<void>;
}

/** What `write` waits for an OpenSearch that is away. writeDocuments waits as long as its signal lets it. */
const WRITE_TIMEOUT_MS = 30_000;

export function createOpenSearchLogStore(options: OpenSearchLogStoreOptions): OpenSearchLogStore {
  const { clock, log, keepDays, prefix = '' } = options;
  const connection = openConnection(options);
  const engine = createBulkEngine({ connection, clock, log, ...options.bulk });
  const writing = { engine, clock, timeoutMs: WRITE_TIMEOUT_MS };
  const ask = createAsk(connection);
  const alias = `/${prefix}logs`;

  async function write(events: readonly LogDocument[]): Promise<ItemOutcome[]> {
    const window = { now: clock.now(), keepDays };
    const readings = events.map((event) => toRawDocument(event, window, prefix));
    const documents = readings.flatMap((reading) => ('document' in reading ? [reading.document] : []));
    const written = (await writeInTime(documents, writing)).values();
    return readings.map((reading) => {
      const { given: id } = reading;
      if ('refused' in reading) return { id, result: 'refused', reason: reading.refused };
      return { ...(written.next().value as ItemOutcome), id };
    });
  }

  async function search(body: object): Promise<unknown> {
    // Before the first document there is no alias.
    const path = `${alias}/_search?ignore_unavailable=true&allow_no_indices=true`;
    return (await ask({ method: 'POST', path, body })).body;
  }

  async function searchPage({ limit, cursor, ...filter }: Query): Promise<Page> {
    const after = cursor === undefined ? undefined : decodeCursor(cursor);
    const { events, more, last } = await findPage(search, { filter, newestFirst: true, after, limit });
    return more && last ? { events, cursor: encodeCursor(last) } : { events };
  }

  async function aggregations(body: object): Promise<Record<string, unknown>> {
    const answer = await search({ ...body, size: 0, track_total_hits: false });
    return (answer as { aggregations?: Record<string, unknown> }).aggregations ?? {};
  }

  async function close(): Promise<void> {
    engine.close();
    await connection.close();
  }

  return {
    write,
    writeDocuments: engine.writeDocuments,
    search: searchPage,
    tail: tailBy({ clock, pageOf: (wanted) => findPage(search, wanted), noId: '' }),
    ...createCounts(aggregations),
    ...createRetention(ask, logIndices(prefix)),
    install: () => install({ ask, prefix, keepDays }),
    refresh: async () => void (await ask({ method: 'POST', path: `${alias}/_refresh?ignore_unavailable=true` })),
    stats: engine.stats,
    close,
  };
}

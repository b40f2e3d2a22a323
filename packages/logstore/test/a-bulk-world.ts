/** An engine between a faulty server and a clock that is turned by hand, for the tests of the bulk engine. */
import { manualClock, type ManualClock } from '@chatwarden/testkit';
import type { RawDocument } from '../src/documents.ts';
import { createBulkEngine, type BulkEngine, type BulkEngineOptions } from '../src/opensearch/bulk/bulk-engine.ts';
import { openConnection } from '../src/opensearch/connection.ts';
import { startFaultyOpenSearch, type Arrived, type FaultyOpenSearch, type ItemError } from './a-faulty-opensearch.ts';

export const INDEX = 'logs-alertd-2026.11.24';
export const LONGEST_PAUSE_MS = 30_000;

export interface BulkWorld {
  server: FaultyOpenSearch;
  clock: ManualClock;
  /** Sends at once and without chance, unless told otherwise. */
  engine(options?: Partial<BulkEngineOptions>): BulkEngine;
  said: { level: string; message: string; fields: object }[];
  /** Lets pauses pass until the promise settles; if it never does, vitest's own timeout ends the test. */
  passing<T>(promise: Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function aBulkWorld(): Promise<BulkWorld> {
  const server = await startFaultyOpenSearch();
  const clock = manualClock();
  const connection = openConnection({ url: server.url, clock });
  const said: BulkWorld['said'] = [];
  const engines: BulkEngine[] = [];
  const saying = (level: string) => (fields: object, message: string) => void said.push({ level, message, fields });
  const log = { info: saying('info'), warn: saying('warn'), error: saying('error') };

  function engine(options: Partial<BulkEngineOptions> = {}): BulkEngine {
    const made = createBulkEngine({ connection, clock, log, lingerMs: 0, random: () => 1, ...options });
    engines.push(made);
    return made;
  }

  async function passing<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const settle = () => void (settled = true);
    promise.then(settle, settle);
    while (!settled) await clock.advance(LONGEST_PAUSE_MS / 10);
    return promise;
  }

  async function close(): Promise<void> {
    for (const made of engines) made.close();
    await connection.close();
    await server.close();
  }

  return { server, clock, engine, said, passing, close };
}

export function aDocument(id: string, over: Partial<RawDocument> = {}): RawDocument {
  return { id, index: INDEX, line: Buffer.from(`{"message":"${id}"}`), ...over };
}

export function documents(...ids: string[]): RawDocument[] {
  return ids.map((id) => aDocument(id));
}

export function created(...ids: string[]): object[] {
  return ids.map((id) => ({ id, result: 'created' }));
}

/** For a fault of kind `items`: these fail, with this error. */
export function failing(ids: string[], error: ItemError): (document: Arrived) => ItemError | undefined {
  return ({ id }) => (ids.includes(id) ? error : undefined);
}

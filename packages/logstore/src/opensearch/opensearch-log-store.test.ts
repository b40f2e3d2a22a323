import type { Clock } from '@chatwarden/contracts';
import { manualClock, NOON } from '@chatwarden/testkit';
import { hasOpenSearch, testOpenSearch } from '@chatwarden/testkit/opensearch';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aServiceEvent, aVerdictEvent } from '../contract/a-log-event.ts';
import { describeLogStore } from '../contract/log-store.suite.ts';
import { logIndex } from '../documents.ts';
import { createOpenSearchLogStore, type OpenSearchLogStore } from './opensearch-log-store.ts';

const DAY_MS = 86_400_000;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
/** Making a template costs a cluster much more than a search, so that all tests share one, and what it applies to. */
let server: { url: string; prefix: string };
let opened: OpenSearchLogStore[] = [];

beforeAll(async () => {
  if (!hasOpenSearch()) return;
  server = testOpenSearch();
  await (await openEmpty()).install();
});

afterEach(async () => {
  for (const store of opened) await store.close();
  opened = [];
});

/** The clock only says what time it is. */
async function openEmpty(options: { clock?: Pick<Clock, 'now'>; keepDays?: number } = {}) {
  const { clock = manualClock(), keepDays = 7 } = options;
  const sleep: Clock['sleep'] = (ms, signal) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
    return promise;
  };
  const ports = { clock: { now: clock.now, sleep }, log: silent };
  const store = createOpenSearchLogStore({ ...server, ...ports, keepDays, bulk: { lingerMs: 0 } });
  opened.push(store);
  await store.dropOldDays(NOON + 1000 * DAY_MS, 0);
  return store;
}

/** What is written is refreshed, so that it is found at once. */
async function openFindable(options: { clock: Pick<Clock, 'now'>; keepDays: number }) {
  const store = await openEmpty(options);
  const write: OpenSearchLogStore['write'] = async (events) => {
    const outcomes = await store.write(events);
    await store.refresh();
    return outcomes;
  };
  return { ...store, write };
}

describe.skipIf(!hasOpenSearch())('the log store on OpenSearch (needs OpenSearch)', () => {
  describeLogStore('OpenSearch', { open: openFindable });

  it('is there', async () => {
    const store = await openEmpty();
    const line = Buffer.from(JSON.stringify(aServiceEvent({ id: '1' })));
    const outcomes = await store.writeDocuments(
      [{ id: '1', index: logIndex('ingestd', '2026-11-24', server.prefix), line }],
      new AbortController().signal,
    );
    expect(outcomes).toEqual([{ id: '1', result: 'created' }]);
    expect(await store.write([aVerdictEvent()])).toMatchObject([{ result: 'created' }]);
  });
});

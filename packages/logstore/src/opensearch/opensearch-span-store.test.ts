import type { Clock } from '@chatwarden/contracts';
import { manualClock, NOON } from '@chatwarden/testkit';
import { hasOpenSearch, testOpenSearch } from '@chatwarden/testkit/opensearch';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aSpan } from '../contract/a-span.ts';
import { describeSpanStore } from '../contract/span-store.suite.ts';
import { SPAN_ALIAS } from '../documents.ts';
import { createOpenSearchSpanStore, type OpenSearchSpanStore } from './opensearch-span-store.ts';

const DAY_MS = 86_400_000;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
/** Making a template costs a cluster much more than a search, so that all tests share one, and what it applies to. */
let server: { url: string; prefix: string };
let opened: OpenSearchSpanStore[] = [];

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
  const store = createOpenSearchSpanStore({ ...server, ...ports, keepDays, bulk: { lingerMs: 0 } });
  opened.push(store);
  await store.dropOldSpans(NOON + 1000 * DAY_MS, 0);
  return store;
}

/** What is written is refreshed, so that it is found at once. */
async function openFindable(options: { clock: Pick<Clock, 'now'>; keepDays: number }) {
  const store = await openEmpty(options);
  const writeSpans: OpenSearchSpanStore['writeSpans'] = async (spans) => {
    const outcomes = await store.writeSpans(spans);
    await store.refresh();
    return outcomes;
  };
  return { ...store, writeSpans };
}

async function ask(path: string, body?: object): Promise<unknown> {
  const init = body
    ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    : {};
  return (await fetch(`${server.url}/${server.prefix}${path}`, init)).json();
}

describe.skipIf(!hasOpenSearch())('the span store on OpenSearch (needs OpenSearch)', () => {
  describeSpanStore('OpenSearch', { open: openFindable });

  it('makes its template once, and leaves it as it is', async () => {
    const store = await openEmpty();
    expect(await store.install()).toMatchObject({ template: 'current' });
  });

  it('gives the fields that Trace Analytics asks for their types, in an index of the day behind its alias', async () => {
    const store = await openFindable({ clock: manualClock(), keepDays: 7 });
    await store.writeSpans([aSpan()]);
    const index = `${SPAN_ALIAS}-2026.11.24`;
    expect(await ask(`${index}/_alias`)).toEqual({
      [server.prefix + index]: { aliases: { [server.prefix + SPAN_ALIAS]: {} } },
    });
    expect(await ask(`${index}/_mapping`)).toMatchObject({
      [server.prefix + index]: {
        mappings: {
          dynamic: 'false',
          properties: {
            traceId: { type: 'keyword' },
            startTime: { type: 'date_nanos' },
            durationInNanos: { type: 'long' },
            traceGroupFields: { properties: { endTime: { type: 'date_nanos' }, durationInNanos: { type: 'long' } } },
            events: { type: 'nested' },
            attributes: { type: 'flat_object' },
          },
        },
      },
    });
  });

  it.each([
    ['the group of the trace and how long its root took', { 'traceGroupFields.durationInNanos': 2_000_000 }],
    ['an attribute by its name', { 'attributes.http.request.method': 'POST' }],
    ['an attribute of the resource', { 'resource.attributes.service.name': 'bot' }],
    ['roots', { parentSpanId: '' }],
  ])('is searched by %s', async (_what, term) => {
    const store = await openFindable({ clock: manualClock(), keepDays: 7 });
    const wanted = aSpan({ attributes: { 'http.request.method': 'POST' } });
    const other = aSpan({
      spanId: 'c'.repeat(16),
      parentSpanId: 'a'.repeat(16),
      attributes: { 'http.request.method': 'GET' },
      resource: { attributes: { 'service.name': 'alertd' } },
    });
    await store.writeSpans([wanted, other]);
    const found = (await ask(`${SPAN_ALIAS}/_search`, { query: { term } })) as {
      hits: { hits: { _source: unknown }[] };
    };
    expect(found.hits.hits.map((hit) => hit._source)).toEqual([wanted]);
  });

  it('says that OpenSearch is away, so that the sender tries again', async () => {
    const store = createOpenSearchSpanStore({
      url: 'http://127.0.0.1:1',
      clock: { now: () => NOON, sleep: () => Promise.resolve() },
      keepDays: 7,
      log: silent,
    });
    opened.push(store);
    await expect(store.writeSpans([aSpan()])).rejects.toMatchObject({ retry: 'later' });
    await expect(store.spansOf(aSpan().traceId)).rejects.toMatchObject({ retry: 'later' });
  });
});

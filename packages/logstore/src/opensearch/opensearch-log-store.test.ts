import type { Clock, LogDocument } from '@chatwarden/contracts';
import { manualClock, NOON } from '@chatwarden/testkit';
import { hasOpenSearch } from '@chatwarden/testkit/opensearch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anOpenSearchWorld, silent, type OpenSearchWorld } from '../../test/an-opensearch-log-store.ts';
import { aServiceEvent, aVerdictEvent } from '../contract/a-log-event.ts';
import { describeLogStore } from '../contract/log-store.suite.ts';
import { logIndex } from '../documents.ts';
import { createOpenSearchLogStore, type OpenSearchLogStore } from './opensearch-log-store.ts';

let world: OpenSearchWorld;

beforeAll(async () => {
  if (hasOpenSearch()) world = await anOpenSearchWorld();
});

afterAll(() => world?.close());

/** What is written is refreshed, so that it is found at once. */
async function openFindable(options: { clock: Pick<Clock, 'now'>; keepDays: number }): Promise<OpenSearchLogStore> {
  const clock = { ...manualClock(), now: options.clock.now };
  const store = await world.empty({ clock, keepDays: options.keepDays });
  const write: OpenSearchLogStore['write'] = async (events) => {
    const outcomes = await store.write(events);
    await store.refresh();
    return outcomes;
  };
  return { ...store, write };
}

const opened = () => openFindable({ clock: manualClock(), keepDays: 7 });
const aLine = (document: object) => Buffer.from(JSON.stringify(document));
const never = new AbortController().signal;

describe.skipIf(!hasOpenSearch())('the log store on OpenSearch (needs OpenSearch)', () => {
  describeLogStore('OpenSearch', { open: openFindable });

  it('puts each service and day into an index of its own, all under one alias', async () => {
    const store = await opened();
    await store.write([aVerdictEvent(), aServiceEvent({ id: '1', at: NOON - 86_400_000 })]);
    const { body } = await world.ask({ method: 'GET', path: `/_alias/${world.prefix}logs` });
    expect(Object.keys(body as object).toSorted()).toEqual([
      logIndex('alertd', '2026-11-24', world.prefix),
      logIndex('ingestd', '2026-11-23', world.prefix),
    ]);
  });

  it('finds what it took soon, without being told to', async () => {
    const store = await world.empty();
    await store.write([aVerdictEvent()]);
    await expect.poll(async () => (await store.search({ limit: 1 })).events.length, { timeout: 20_000 }).toBe(1);
  });

  it('takes lines as they are, and gives back what they say beside what is indexed', async () => {
    const store = await opened();
    const document = { ...aServiceEvent({ id: 'raw' }), geo: { point: [1, 2] }, nothing: null };
    const index = logIndex('ingestd', '2026-11-24', world.prefix);
    const raw = { id: 'a'.repeat(32), index, line: aLine(document) };
    expect(await store.writeDocuments([raw, raw], never)).toEqual([
      { id: raw.id, result: 'created' },
      { id: raw.id, result: 'duplicate' },
    ]);
    await store.refresh();
    const [found] = (await store.search({ text: 'listening', limit: 1 })).events;
    expect(found).toMatchObject(document);
  });

  const odd: [string, object][] = [
    ['a date that is none', { event: { id: 'odd', created: 'yesterday' } }],
    ['a number that is none', { chatwarden: { score: 'high' } }],
    ['a number that is a list', { chatwarden: { latencyMs: [1, 'x'] } }],
    ['a name without end', { log: { logger: 'x'.repeat(40_000) } }],
    ['a word without end', { message: 'x'.repeat(40_000) }],
    ['labels of all kinds', { labels: { a: 1, b: true, 'c.d': 'x', e: null, f: '' } }],
    ['fields that nobody knows', { a: { b: { c: [1, { d: 'x' }] } }, geo: 'text', process: { pid: 'none' } }],
  ];
  it.each(odd)('takes a document with %s', async (_, over) => {
    const store = await opened();
    const document = { ...aServiceEvent({ id: 'odd' }), ...over };
    const index = logIndex('ingestd', '2026-11-24', world.prefix);
    expect(await store.writeDocuments([{ id: 'odd', index, line: aLine(document) }], never)).toEqual([
      { id: 'odd', result: 'created' },
    ]);
  });

  it('refuses one that no index can hold with its reason, and takes its neighbours', async () => {
    const store = await opened();
    const index = logIndex('ingestd', '2026-11-24', world.prefix);
    const lines = [aServiceEvent({ id: '1' }), { ...aServiceEvent({ id: '2' }), log: 'text' }];
    const documents = lines.map((line, i) => ({ id: `${i}`, index, line: aLine(line) }));
    const broken = { id: 'broken', index, line: Buffer.from('{"message":') };
    const misplaced = { id: 'misplaced', index: `${world.prefix}Upper`, line: aLine({}) };
    const outcomes = await store.writeDocuments([...documents, broken, misplaced], never);
    expect(outcomes.map((outcome) => outcome.result)).toEqual(['created', 'refused', 'refused', 'refused']);
    expect(outcomes[1]).toHaveProperty('reason', expect.stringContaining('mapper_parsing_exception'));
    expect(outcomes[3]).toHaveProperty('reason', expect.stringContaining('lowercase'));
  });

  it('keeps what an index cannot take because the disk is full, and writes it when there is room again', async () => {
    const begun = Date.now();
    const running = { ...manualClock(), now: () => NOON + Date.now() - begun };
    const store = await world.empty({ clock: running });
    await store.write([aServiceEvent({ id: 'before' })]);
    const settings = `/${logIndex('ingestd', '2026-11-24', world.prefix)}/_settings`;
    const block = (value: true | null) =>
      world.ask({ method: 'PUT', path: settings, body: { 'index.blocks.read_only_allow_delete': value } });
    await block(true);
    const blocked = store.write([aServiceEvent({ id: 'blocked' })]);
    const other = aVerdictEvent({ id: 'other' });
    expect(await store.write([other])).toMatchObject([{ result: 'created' }]);
    await expect.poll(() => store.stats().repeated, { timeout: 20_000 }).toBeGreaterThan(0);
    await block(null);
    expect(await blocked).toEqual([{ id: 'blocked', result: 'created' }]);
  });

  it('is away when nobody answers, and says so to its callers', async () => {
    const clock = manualClock();
    const store = createOpenSearchLogStore({ url: 'http://127.0.0.1:9', clock, keepDays: 7, log: silent });
    await expect(store.search({ limit: 1 })).rejects.toMatchObject({ code: 'opensearchAway', retry: 'later' });
    const writing = store.write([aVerdictEvent()]);
    const settled = writing.then(
      () => true,
      () => true,
    );
    let isSettled = false;
    void settled.then(() => (isSettled = true));
    while (!isSettled) await clock.advance(1000);
    await expect(writing).rejects.toMatchObject({ code: 'opensearchAway', retry: 'later' });
    await store.close();
  });

  it('refuses a question that OpenSearch does not understand, for ever', async () => {
    const asked = world.ask({ method: 'POST', path: '/_search', body: { nonsense: true } satisfies object });
    await expect(asked).rejects.toMatchObject({ code: 'opensearchRefused', retry: 'never' });
    const documents: LogDocument[] = [];
    expect(await (await world.empty()).write(documents)).toEqual([]);
  });
});

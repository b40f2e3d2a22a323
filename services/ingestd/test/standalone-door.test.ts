/** The door over a log store, as in one process without Kafka: it answers when the store has written. */
import type { Bus } from '@chatwarden/bus';
import type { LogChunk } from '@chatwarden/contracts';
import { createPostgresLogStore, documentId, type LogStore } from '@chatwarden/logstore';
import { openStore, type PostgresStore } from '@chatwarden/store';
import { manualClock } from '@chatwarden/testkit';
import { createTestDatabase, type TestDatabase } from '@chatwarden/testkit/postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBusDurable } from '../src/accept/to-bus.ts';
import { createLogStoreDurable } from '../src/accept/to-log-store.ts';
import { aDoor, ndjson, post } from './a-door.ts';
import { anEcsEvent } from './an-ecs-event.ts';

let database: TestDatabase;
let store: PostgresStore;
let logStore: LogStore;

beforeAll(async () => {
  database = await createTestDatabase();
  store = await openStore({ url: database.url, clock: manualClock() });
  logStore = createPostgresLogStore({ sql: store.sql, clock: manualClock(), keepDays: 7 });
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

it('has written what it accepts, and counts what was there already', async () => {
  const door = await aDoor({ durable: createLogStoreDurable(logStore) });
  const one = anEcsEvent({ message: 'one' });
  const two = anEcsEvent({ message: 'two', event: { id: 'order 2' } });
  expect((await post(door, ndjson(one))).json()).toEqual({ accepted: 1, duplicates: 0 });
  expect((await post(door, ndjson(one, two))).json()).toEqual({ accepted: 2, duplicates: 1 });
  const { events } = await logStore.search({ limit: 10 });
  expect(events.map(({ message }) => message).toSorted()).toEqual(['one', 'two']);
});

it('knows a document of another service by the same id as the bus does', async () => {
  const overBus: string[] = [];
  const publish: Bus['publish'] = async (_topic, chunks) => {
    overBus.push(...(chunks as readonly LogChunk[]).flatMap(({ ids }) => ids));
  };
  const body = ndjson(anEcsEvent({ service: { name: 'billing' }, event: { id: 'invoice 7' } }));
  for (const durable of [createBusDurable({ publish }), createLogStoreDurable(logStore)]) {
    expect((await post(await aDoor({ durable }), body)).status).toBe(202);
  }
  const inStore =
    "select replace(event_id::text, '-', '') as id from journal where document #>> '{service,name}' = 'billing'";
  const rows = await store.sql.query<{ id: string }>('ids_of_billing', inStore, []);
  expect(rows).toEqual(overBus.map((id) => ({ id })));
  expect(overBus).toEqual([documentId('billing', 'invoice 7')]);
});

it('writes events without an id once when their request is repeated with its key', async () => {
  const door = await aDoor({ durable: createLogStoreDurable(logStore) });
  const body = ndjson(anEcsEvent({ event: undefined, message: 'nameless' }), anEcsEvent({ event: { kind: 'event' } }));
  const headers = { 'idempotency-key': 'request 1' };
  expect((await post(door, body, headers)).json()).toEqual({ accepted: 2, duplicates: 0 });
  expect((await post(door, body, headers)).json()).toEqual({ accepted: 2, duplicates: 2 });
  expect((await logStore.search({ text: 'nameless', limit: 10 })).events).toHaveLength(1);
});

it('is away while the store is, and repeats change nothing', async () => {
  const short = { write: async () => [] };
  const door = await aDoor({ durable: createLogStoreDurable(short) });
  expect((await post(door, ndjson(anEcsEvent()))).json()).toMatchObject({ status: 503, code: 'away' });
});

it('passes on why the store refuses an event', async () => {
  const strict = {
    write: async ([first]: readonly { event: { id: string } }[]) => [
      { id: first?.event.id ?? '', result: 'refused' as const, reason: 'the document is too large' },
    ],
  };
  const door = await aDoor({ durable: createLogStoreDurable(strict) });
  expect((await post(door, ndjson(anEcsEvent()))).json()).toMatchObject({
    status: 400,
    errors: [{ position: 0, code: 'refused-by-store', reason: 'the document is too large' }],
  });
});

import { Failure } from '@chatwarden/contracts';
import { openStore, type PostgresStore, type Sql } from '@chatwarden/store';
import { manualClock, NOON } from '@chatwarden/testkit';
import { createTestDatabase, type TestDatabase } from '@chatwarden/testkit/postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aSpan } from '../contract/a-span.ts';
import { describeSpanStore } from '../contract/span-store.suite.ts';
import { createPostgresSpanStore } from './postgres-span-store.ts';

const DAY_MS = 86_400_000;

let database: TestDatabase;
let store: PostgresStore;

beforeAll(async () => {
  database = await createTestDatabase();
  store = await openStore({ url: database.url, clock: manualClock() });
});

afterAll(async () => {
  await store.close();
  await database.drop();
});

describeSpanStore('PostgreSQL', {
  open: async ({ clock, keepDays }) => {
    const spans = createPostgresSpanStore({ sql: store.sql, clock, keepDays });
    await spans.dropOldSpans(NOON + 1000 * DAY_MS, 0);
    return spans;
  },
});

it('passes on that the database is away', async () => {
  const away = new Failure('postgresAway', 'later', { message: 'PostgreSQL is away' });
  const sql: Sql = { query: () => Promise.reject(away), transaction: () => Promise.reject(away) };
  const spans = createPostgresSpanStore({ sql, clock: manualClock(), keepDays: 7 });
  await expect(spans.writeSpans([aSpan()])).rejects.toBe(away);
  await expect(spans.spansOf(aSpan().traceId)).rejects.toBe(away);
});

import { Failure, type Clock } from '@chatwarden/contracts';
import { openStore, type PostgresStore, type Sql } from '@chatwarden/store';
import { manualClock, NOON } from '@chatwarden/testkit';
import { createTestDatabase, type TestDatabase } from '@chatwarden/testkit/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aVerdictEvent } from '../contract/a-log-event.ts';
import { describeLogStore } from '../contract/log-store.suite.ts';
import { createPostgresLogStore } from './postgres-log-store.ts';

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

async function openEmpty({ clock, keepDays }: { clock: Pick<Clock, 'now'>; keepDays: number }) {
  const logStore = createPostgresLogStore({ sql: store.sql, clock, keepDays });
  await logStore.dropOldDays(NOON + 1000 * DAY_MS, 0);
  return logStore;
}

describeLogStore('PostgreSQL', { open: openEmpty });

describe('the log store on PostgreSQL', () => {
  const opened = () => openEmpty({ clock: manualClock(), keepDays: 7 });

  it('gives documents back as they came, even with characters that jsonb refuses', async () => {
    const event = aVerdictEvent({ message: 'nul \0 and half a pair \ud83d' });
    const logStore = await opened();
    await logStore.write([event]);
    expect((await logStore.search({ limit: 1 })).events).toEqual([event]);
  });

  it('refuses a dataset that is no name, and a document that is far too large', async () => {
    const logStore = await opened();
    const odd = aVerdictEvent({ id: 'odd', event: { dataset: 'nul\0' } });
    const large = aVerdictEvent({ id: 'large', message: 'x'.repeat(300_000) });
    const outcomes = await logStore.write([odd, large]);
    expect(outcomes.map((item) => ('reason' in item ? item.reason : ''))).toEqual([
      'event.dataset is not a name',
      'the document is too large',
    ]);
  });

  it('makes each day once, also for two writers at the same time, and remembers it', async () => {
    const statements: string[] = [];
    const watched: Sql = {
      ...store.sql,
      query: (name, text, values) => {
        statements.push(name);
        return store.sql.query(name, text, values);
      },
    };
    await opened();
    const one = createPostgresLogStore({ sql: watched, clock: manualClock(), keepDays: 7 });
    const other = createPostgresLogStore({ sql: store.sql, clock: manualClock(), keepDays: 7 });
    const outcomes = await Promise.all([
      one.write([aVerdictEvent({ id: '1' })]),
      other.write([aVerdictEvent({ id: '2' })]),
    ]);
    await one.write([aVerdictEvent({ id: '3' })]);
    expect(outcomes.flat().map((item) => item.result)).toEqual(['created', 'created']);
    expect(statements).toEqual(['journal_add_day', 'journal_write', 'journal_write']);
  });

  it('finds by the words index when a day holds much else', async () => {
    const logStore = await opened();
    const many = Array.from({ length: 300 }, (_, i) => aVerdictEvent({ id: `${i}`, at: NOON + i }));
    const rare = aVerdictEvent({ id: 'rare', at: NOON - 1000, chatwarden: { reasons: ['poker.example'] } });
    await logStore.write([...many, rare]);
    expect((await logStore.search({ text: 'poker', limit: 5 })).events).toEqual([rare]);
  });

  it('passes on that the database is away', async () => {
    const away = new Failure('postgresAway', 'later', { message: 'PostgreSQL is away' });
    const sql: Sql = { query: () => Promise.reject(away), transaction: () => Promise.reject(away) };
    const logStore = createPostgresLogStore({ sql, clock: manualClock(), keepDays: 7 });
    await expect(logStore.search({ limit: 1 })).rejects.toBe(away);
    await expect(logStore.write([aVerdictEvent()])).rejects.toBe(away);
  });
});

import { manualClock } from '@chatwarden/testkit';
import { createTestDatabase } from '@chatwarden/testkit/postgres';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aStoreForAll } from '../test/a-store.ts';
import { aDeletingDecision } from '../test/samples.ts';
import { openStore } from './open-store.ts';
import { openConfiguredStore } from './store-config.ts';

const under = aStoreForAll();
const AWAY = { code: 'postgresAway', retry: 'later' };

describe('the store', () => {
  it('opens only on a database that answers', async () => {
    const away = openStore({ url: 'postgres://nobody:x@127.0.0.1:1/none', clock: manualClock() });
    await expect(away).rejects.toMatchObject(AWAY);
    await expect(away).rejects.toThrow('PostgreSQL is away: connect ECONNREFUSED');
  });

  it('is brought up to this release first, where its settings say so', async () => {
    const { url, drop } = await createTestDatabase({ empty: true });
    onTestFinished(drop);
    const store = await openConfiguredStore({ DATABASE_URL: url, MIGRATE: true }, { clock: manualClock() });
    onTestFinished(store.close);
    expect(await store.settings.settingsSince(0)).toMatchObject({ revision: 0 });
    const { url: bare, drop: dropBare } = await createTestDatabase({ empty: true });
    onTestFinished(dropBare);
    const unmigrated = await openConfiguredStore({ DATABASE_URL: bare, MIGRATE: false }, { clock: manualClock() });
    onTestFinished(unmigrated.close);
    await expect(unmigrated.settings.settingsSince(0)).rejects.toThrow('revision');
  });

  it('answers a ping, and closes once however often it is asked to', async () => {
    const store = await openStore({ url: under.url, clock: manualClock() });
    await expect(store.ping()).resolves.toBeUndefined();
    await Promise.all([store.close(), store.close()]);
    await store.close();
    await expect(store.ping()).rejects.toThrow('after calling end on the pool');
  });

  it('survives that all its connections are ended, and tells so', async () => {
    const warnings: string[] = [];
    const log = { warn: (_context: object, message: string) => void warnings.push(message) };
    const { url, drop } = await createTestDatabase();
    onTestFinished(drop);
    const store = await openStore({ url, clock: manualClock(), log });
    onTestFinished(store.close);
    const terminate = `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = $1 and application_name = 'chatwarden' and pid <> pg_backend_pid()`;
    const asleep = store.sql.query('test_sleep', 'select pg_sleep(60)', []);
    const refused = asleep.catch((error: unknown) => error);
    const name = new URL(url).pathname.slice(1);
    await expect
      .poll(() => under.store.sql.query('test_end', terminate, [name]).then((rows) => rows.length), { interval: 20 })
      .toBeGreaterThan(0);
    expect(await refused).toMatchObject(AWAY);
    await expect
      .poll(
        () =>
          store.ping().then(
            () => 'answers',
            () => 'away',
          ),
        { interval: 20 },
      )
      .toBe('answers');
  });

  it('does not call a mistake of ours an outage', async () => {
    const wrong = under.store.sql.query('test_wrong', 'select no_such_column', []);
    await expect(wrong).rejects.toMatchObject({ code: '42703' });
    const nonsense = aDeletingDecision([1], { eventId: 'no id' });
    await expect(under.store.decisions.commitDecisions([nonsense])).rejects.toMatchObject({ code: '22P02' });
  });
});

describe('a transaction', () => {
  it('is taken back as a whole when its work fails', async () => {
    const { sql } = under.store;
    const failing = sql.transaction(async (statements) => {
      await statements.query('test_bump', 'update revision set value = value + 100', []);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect((await under.store.settings.settingsSince(0)).revision).toBe(0);
  });

  it('is run again after a deadlock', async () => {
    const { sql } = under.store;
    await sql.query('test_locks', 'insert into lease values ($1, $3, 1, now()), ($2, $3, 1, now())', [
      'x',
      'y',
      'none',
    ]);
    let first: () => void = () => undefined;
    const bothHold = new Promise<void>((resolve) => (first = resolve));
    let holders = 0;
    const lock = (one: string, two: string) =>
      sql.transaction(async ({ query }) => {
        const text = 'update lease set epoch = epoch + 1 where name = $1';
        await query('test_lock', text, [one]);
        holders += 1;
        if (holders === 2) first();
        await bothHold;
        await query('test_lock', text, [two]);
      });
    await Promise.all([lock('x', 'y'), lock('y', 'x')]);
    expect(await sql.query('test_epochs', `select epoch from lease where name in ('x', 'y')`, [])).toEqual([
      { epoch: 3 },
      { epoch: 3 },
    ]);
  });
});

import { manualClock, type ManualClock } from '@chatwarden/testkit';
import { createTestDatabase } from '@chatwarden/testkit/postgres';
import { afterAll, beforeAll } from 'vitest';
import { openStore, type PostgresStore, type StoreOptions } from '../src/index.ts';

export interface StoreUnderTest {
  url: string;
  store: PostgresStore;
  clock: ManualClock;
  /** Another process on the same database. */
  another(over?: Partial<StoreOptions>): Promise<PostgresStore>;
}

/** One database for the tests of a file, which use groups and chats of their own. */
export function aStoreForAll(): StoreUnderTest {
  const clock = manualClock();
  const opened: PostgresStore[] = [];
  const under = { clock, another } as StoreUnderTest;
  let drop = async () => undefined as void;

  async function another(over: Partial<StoreOptions> = {}): Promise<PostgresStore> {
    const store = await openStore({ url: under.url, clock, ...over });
    opened.push(store);
    return store;
  }

  beforeAll(async () => {
    const database = await createTestDatabase();
    drop = database.drop;
    under.url = database.url;
    under.store = await another();
  });
  afterAll(async () => {
    await Promise.all(opened.map((store) => store.close()));
    await drop();
  });
  return under;
}

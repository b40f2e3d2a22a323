/** Log stores on the OpenSearch of the test run. */
import type { Clock } from '@chatwarden/contracts';
import { manualClock, NOON } from '@chatwarden/testkit';
import { testOpenSearch } from '@chatwarden/testkit/opensearch';
import { createAsk, type Ask } from '../src/opensearch/ask.ts';
import { openConnection } from '../src/opensearch/connection.ts';
import {
  createOpenSearchLogStore,
  type OpenSearchLogStore,
  type OpenSearchLogStoreOptions,
} from '../src/opensearch/opensearch-log-store.ts';

const DAY_MS = 86_400_000;

export const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Says what time it is by the clock of the test; but pauses and timeouts are real, as the server is. */
export function realPauses(clock: Pick<Clock, 'now'>): Clock {
  const sleep: Clock['sleep'] = (ms, signal) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
    return promise;
  };
  return { now: clock.now, sleep };
}

export interface OpenSearchWorld {
  prefix: string;
  /** Without any index. */
  empty(options?: Partial<OpenSearchLogStoreOptions>): Promise<OpenSearchLogStore>;
  /** As an administrator. */
  ask: Ask;
  close(): Promise<void>;
}

/**
 * With a prefix of its own. Making a template costs a cluster much more than a search does, so that the tests of a file
 * share one.
 */
export async function anOpenSearchWorld(): Promise<OpenSearchWorld> {
  const { url, prefix } = testOpenSearch();
  const connection = openConnection({ url, clock: realPauses(manualClock()) });
  const opened: OpenSearchLogStore[] = [];

  async function empty(options: Partial<OpenSearchLogStoreOptions> = {}): Promise<OpenSearchLogStore> {
    const clock = realPauses(options.clock ?? manualClock());
    const defaults = { url, prefix, keepDays: 7, log: silent, bulk: { lingerMs: 0 } };
    const store = createOpenSearchLogStore({ ...defaults, ...options, clock });
    opened.push(store);
    await store.dropOldDays(NOON + 1000 * DAY_MS, 0);
    return store;
  }

  async function close(): Promise<void> {
    const last = await empty();
    for (const store of [...opened, last]) await store.close();
    await connection.close();
  }

  await (await empty()).install();
  return { prefix, empty, ask: createAsk(connection), close };
}

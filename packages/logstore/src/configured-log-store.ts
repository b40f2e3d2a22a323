/** The LogStore that the settings ask for: OpenSearch where there is one, else PostgreSQL. */
import type { Clock } from '@chatwarden/contracts';
import type { Sql, Store } from '@chatwarden/store';
import type { LogStore } from './log-store.ts';
import { openSearchConnection, type OpenSearchConfig } from './opensearch-config.ts';
import {
  createOpenSearchLogStore,
  type OpenSearchLogStore,
  type OpenSearchLogStoreOptions,
} from './opensearch/opensearch-log-store.ts';
import { createOpenSearchSpanStore, type OpenSearchSpanStore } from './opensearch/opensearch-span-store.ts';
import { createPostgresLogStore } from './postgres/postgres-log-store.ts';
import { createPostgresSpanStore } from './postgres/postgres-span-store.ts';
import { withRolledHours } from './rolled-hours.ts';
import type { SpanStore } from './span-store.ts';

export interface LogStoreDeps {
  clock: Clock;
  log: OpenSearchLogStoreOptions['log'];
  keepDays: number;
}

export interface ConfiguredLogStore {
  /** Its documents, whatever was counted of them. */
  logStore: LogStore;
  /** The same for who shows it: closed hours come from counters where counting documents is costly. */
  shown: LogStore;
  /** Spans, in the same place. */
  spanStore: SpanStore;
  close(): Promise<void>;
}

/** `sql` and `hourCounts` are those of the store. Opens no connection before it is used. */
export function openConfiguredLogStore(
  config: Omit<OpenSearchConfig, 'OPENSEARCH_URL'> & { OPENSEARCH_URL?: string },
  deps: LogStoreDeps & { sql: Sql; hourCounts: Store['hourCounts'] },
): ConfiguredLogStore {
  const { OPENSEARCH_URL } = config;
  if (OPENSEARCH_URL === undefined) {
    const logStore = createPostgresLogStore(deps);
    return { logStore, shown: logStore, spanStore: createPostgresSpanStore(deps), close: async () => {} };
  }
  const logStore = openOpenSearch({ ...config, OPENSEARCH_URL }, deps);
  const spanStore = openOpenSearchSpans({ ...config, OPENSEARCH_URL }, deps);
  const close = async () => void (await Promise.all([logStore.close(), spanStore.close()]));
  return { logStore, shown: withRolledHours(logStore, deps.hourCounts), spanStore, close };
}

export function openOpenSearch(config: OpenSearchConfig, deps: LogStoreDeps): OpenSearchLogStore {
  return createOpenSearchLogStore({ ...openSearchConnection(config), ...deps });
}

export function openOpenSearchSpans(config: OpenSearchConfig, deps: LogStoreDeps): OpenSearchSpanStore {
  return createOpenSearchSpanStore({ ...openSearchConnection(config), ...deps });
}

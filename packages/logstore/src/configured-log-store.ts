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
import { createPostgresLogStore } from './postgres/postgres-log-store.ts';
import { withRolledHours } from './rolled-hours.ts';

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
    return { logStore, shown: logStore, close: async () => {} };
  }
  const logStore = openOpenSearch({ ...config, OPENSEARCH_URL }, deps);
  return { logStore, shown: withRolledHours(logStore, deps.hourCounts), close: () => logStore.close() };
}

export function openOpenSearch(config: OpenSearchConfig, deps: LogStoreDeps): OpenSearchLogStore {
  return createOpenSearchLogStore({ ...openSearchConnection(config), ...deps });
}

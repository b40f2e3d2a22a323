/** The LogStore that the settings ask for: OpenSearch where there is one, else PostgreSQL. */
import type { Clock } from '@chatwarden/contracts';
import type { Sql } from '@chatwarden/store';
import type { LogStore } from './log-store.ts';
import type { OpenSearchConfig } from './opensearch-config.ts';
import { createPostgresLogStore } from './postgres/postgres-log-store.ts';

export interface ConfiguredLogStoreDeps {
  sql: Sql;
  clock: Clock;
  keepDays: number;
}

export async function openConfiguredLogStore(
  config: Omit<OpenSearchConfig, 'OPENSEARCH_URL'> & { OPENSEARCH_URL?: string },
  deps: ConfiguredLogStoreDeps,
): Promise<LogStore> {
  if (config.OPENSEARCH_URL === undefined) return createPostgresLogStore(deps);
  throw new Error('not yet');
}

export * from './documents.ts';
export { dayOf, firstKeptDay, lastOpenDay } from './postgres/days.ts';
export * from './log-store.ts';
export * from './opensearch-config.ts';
export * from './span-store.ts';
export { withRolledHours } from './rolled-hours.ts';
export { createPostgresLogStore, type PostgresLogStoreDeps } from './postgres/postgres-log-store.ts';
export { openConnection, type Connection, type ConnectionOptions } from './opensearch/connection.ts';
export {
  createBulkEngine,
  type BulkEngine,
  type BulkEngineOptions,
  type BulkStats,
} from './opensearch/bulk/bulk-engine.ts';
export { createPostgresSpanStore, type PostgresSpanStoreDeps } from './postgres/postgres-span-store.ts';

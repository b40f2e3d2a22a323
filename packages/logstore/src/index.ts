export { checkDocument, documentId, isModeration, type DocumentCheck } from './check-document.ts';
export { completeEvent } from './complete-event.ts';
export * from './configured-log-store.ts';
export { dayOf } from './days.ts';
export * from './documents.ts';
export { dayWindow, type DayWindow } from './event-days.ts';
export * from './log-store.ts';
export * from './opensearch-config.ts';
export { withRolledHours } from './rolled-hours.ts';
export * from './span-store.ts';
export {
  createBulkEngine,
  type BulkEngine,
  type BulkEngineOptions,
  type BulkStats,
} from './opensearch/bulk/bulk-engine.ts';
export { openConnection, type Connection, type ConnectionOptions } from './opensearch/connection.ts';
export {
  createOpenSearchLogStore,
  type OpenSearchLogStore,
  type OpenSearchLogStoreOptions,
} from './opensearch/opensearch-log-store.ts';
export { createOpenSearchSpanStore, type OpenSearchSpanStore } from './opensearch/opensearch-span-store.ts';
export { createPostgresLogStore, type PostgresLogStoreDeps } from './postgres/postgres-log-store.ts';
export { createPostgresSpanStore, type PostgresSpanStoreDeps } from './postgres/postgres-span-store.ts';

export * from './documents.ts';
export { dayOf, firstKeptDay, lastOpenDay } from './postgres/days.ts';
export * from './log-store.ts';
export * from './opensearch-config.ts';
export * from './span-store.ts';
export { withRolledHours } from './rolled-hours.ts';
export { createPostgresLogStore, type PostgresLogStoreDeps } from './postgres/postgres-log-store.ts';
export { createPostgresSpanStore, type PostgresSpanStoreDeps } from './postgres/postgres-span-store.ts';

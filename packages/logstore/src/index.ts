export * from './documents.ts';
export { dayOf, firstKeptDay, lastOpenDay } from './postgres/days.ts';
export * from './log-store.ts';
export * from './opensearch-config.ts';
export { withRolledHours } from './rolled-hours.ts';
export type * from './span-store.ts';
export { createPostgresLogStore, type PostgresLogStoreDeps } from './postgres/postgres-log-store.ts';

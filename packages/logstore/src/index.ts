export * from './log-store.ts';
export { createPostgresLogStore, type PostgresLogStoreDeps } from './postgres/postgres-log-store.ts';

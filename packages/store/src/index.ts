export * from './create-database.ts';
export type * from './llm-ask.ts';
export * from './migrate.ts';
export * from './open-store.ts';
export * from './settings-cache.ts';
export type { Sql, Statements } from './sql/sql.ts';
export * from './store-config.ts';
export type { StoreLog } from './store-log.ts';
export * from './store.ts';

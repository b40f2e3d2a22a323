export { freePort } from './free-port.ts';
export { PostgresServerError, type PostgresServerErrorCode } from './postgres-server-error.ts';
export { startPostgres, type RunningPostgres, type StartPostgresOptions } from './start-postgres.ts';

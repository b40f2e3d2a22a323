export { chooseAccount } from './account.ts';
export { locateBinaries } from './binaries.ts';
export { letThrough } from './closed-folders.ts';
export { freePort } from './free-port.ts';
export { acquireOwnerLock, type OwnerLock } from './owner-lock.ts';
export { PostgresServerError, type PostgresServerErrorCode } from './postgres-server-error.ts';
export { runAs, type Account } from './run-command.ts';
export { startPostgres, type RunningPostgres, type StartPostgresOptions } from './start-postgres.ts';

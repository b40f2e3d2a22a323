/** Why PostgreSQL could not be started; every message says what to do about it. */
export type PostgresServerErrorCode =
  /** No PostgreSQL for this system in the npm package, or it does not run here. */
  | 'no-binaries'
  /** Started as root, and there is no other system user to run PostgreSQL under. */
  | 'no-account'
  /** A folder can't be made, entered or written by the user that PostgreSQL runs under. */
  | 'folder-not-usable'
  /** Another live process uses the data folder. */
  | 'folder-held'
  /** The data folder was made by another major version, or is no PostgreSQL data at all. */
  | 'wrong-version'
  | 'port-busy'
  /** initdb or the creation of the database failed; nothing half-made is kept. */
  | 'setup-failed'
  /** The server exited, or was not ready in time. */
  | 'start-failed';

/** An operating failure of the embedded server. None is mended by trying again at once. */
export class PostgresServerError extends Error {
  readonly code: PostgresServerErrorCode;

  constructor(code: PostgresServerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PostgresServerError';
    this.code = code;
  }
}

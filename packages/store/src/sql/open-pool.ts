import pg from 'pg';

export interface PoolOptions {
  url: string;
  max: number;
  onIdleError: (error: Error) => void;
}

/** No statement of ours takes a second; one that does is stuck, and must not hold its locks. */
const STATEMENT_TIMEOUT_MS = 10_000;
/** Longer than the server's own: it fires when no answer comes at all. */
const ANSWER_TIMEOUT_MS = 15_000;
const CONNECT_TIMEOUT_MS = 5_000;
const IDLE_TIMEOUT_MS = 60_000;

const INT8 = 20;
const UUID = 2950;

/** The parsers are this pool's alone: another user of pg in this process keeps its own. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    // Telegram ids fit 52 bits and times fit 53.
    if (oid === INT8) return Number;
    if (oid === UUID) return (text: string) => text.replaceAll('-', '');
    return pg.types.getTypeParser(oid, format as 'text') as never;
  },
};

export function openPool({ url, max, onIdleError }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types,
    application_name: 'chatwarden',
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    idle_in_transaction_session_timeout: ANSWER_TIMEOUT_MS,
  });
  pool.on('error', onIdleError);
  return pool;
}

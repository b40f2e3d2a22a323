/**
 * Which errors mean that the database is away, which that others were in the way, and which are mistakes of ours.
 * SQLSTATE codes: https://www.postgresql.org/docs/18/errcodes-appendix.html
 */
import { Failure, messageOf } from '@chatwarden/contracts';

/** Connection trouble (08), out of resources (53), the operator intervened (57), system error (58). */
const AWAY_CLASSES = new Set(['08', '53', '57', '58']);
/** A read-only server, as a standby is during a failover; a lock that was not to be had in time. */
const AWAY_STATES = new Set(['25006', '55P03']);
const AWAY_SYSTEM_CODES = /^(ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENETDOWN)$/;
/** What pg itself says without a code. */
const AWAY_MESSAGES = /connection terminated|connection error|timeout exceeded when trying to connect|read timeout/i;

/** A deadlock or a serialization failure: the statement did nothing and may be run again at once. */
export function isContention(error: unknown): boolean {
  const code = codeOf(error);
  return code === '40P01' || code === '40001';
}

/** Failure `postgresAway` (later) when the database cannot be used now; any other error as it is. */
export function toFailure(error: unknown): unknown {
  if (error instanceof Failure || !isAway(error)) return error;
  return new Failure('postgresAway', 'later', { message: `PostgreSQL is away: ${messageOf(error)}`, cause: error });
}

function isAway(error: unknown): boolean {
  // Node tries every address of a host and reports all of them.
  if (error instanceof AggregateError) return error.errors.some(isAway);
  const code = codeOf(error);
  if (/^[0-9A-Z]{5}$/.test(code)) return AWAY_CLASSES.has(code.slice(0, 2)) || AWAY_STATES.has(code);
  return AWAY_SYSTEM_CODES.test(code) || AWAY_MESSAGES.test(messageOf(error));
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

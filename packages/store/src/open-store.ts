/** Puts the tables on one pool. Migrate first: see migrate.ts. */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Clock } from '@chatwarden/contracts';
import { createCards } from './cards.ts';
import { createClaims } from './claims.ts';
import { createContexts } from './contexts.ts';
import { createCorrections } from './corrections.ts';
import { createDeadLetters } from './dead-letters.ts';
import { createDecisions } from './decisions.ts';
import { createEvidence } from './evidence.ts';
import { createGates } from './gates.ts';
import { createGroups } from './groups.ts';
import { createHourCounts } from './hour-counts.ts';
import { createLeaseTable } from './lease-table.ts';
import { createLease } from './lease.ts';
import { createLlmAsks } from './llm-asks.ts';
import { createLedger } from './ledger.ts';
import { createPersons } from './persons.ts';
import { createPolicyLocks } from './policy-locks.ts';
import { createPublishers } from './publishers.ts';
import { createPurges } from './purges.ts';
import { createRetiredTopics } from './retired-topics.ts';
import { createSanctions } from './sanctions.ts';
import { createSettings } from './settings.ts';
import { createSteeredGroups } from './steered-groups.ts';
import { createSql } from './sql/create-sql.ts';
import { openPool } from './sql/open-pool.ts';
import type { Sql } from './sql/sql.ts';
import type { StoreLog } from './store-log.ts';
import type { Store } from './store.ts';

export interface StoreOptions {
  /** postgres://user:password@host:port/database */
  url: string;
  clock: Clock;
  log?: StoreLog;
  /** Connections at most. */
  poolMax?: number;
  /** This process's name in leases: unique among live processes, and best the same after a restart. */
  holder?: string;
  leaseTermMs?: number;
}

/** The Store on PostgreSQL; `sql` is for packages that keep tables of their own in the same database. */
export interface PostgresStore extends Store {
  sql: Sql;
}

/** More than the server's processors are of little use, but waiting for a lock takes a connection too. */
const POOL_MAX = 8;
const LEASE_TERM_MS = 15_000;
const SILENT: StoreLog = { warn: () => undefined };

/** Rejects with Failure `postgresAway` (later) when the database does not answer. */
export async function openStore(options: StoreOptions): Promise<PostgresStore> {
  const { url, clock, log = SILENT, poolMax = POOL_MAX } = options;
  const { holder = `${hostname()}-${randomBytes(6).toString('hex')}`, leaseTermMs = LEASE_TERM_MS } = options;
  const onIdleError = (error: Error) => log.warn({ err: error }, 'lost an idle connection to PostgreSQL');
  const pool = openPool({ url, max: poolMax, onIdleError });
  const sql = createSql(pool);
  const ping = async () => void (await sql.query('ping', 'select', []));
  try {
    await ping();
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    groups: createGroups(sql, clock.now),
    settings: createSettings(sql),
    policyLocks: createPolicyLocks(sql),
    claims: createClaims(sql),
    steered: createSteeredGroups(sql),
    gates: createGates(sql),
    publishers: createPublishers(sql),
    retiredTopics: createRetiredTopics(sql),
    contexts: createContexts(sql),
    evidence: createEvidence(sql),
    decisions: createDecisions(sql),
    corrections: createCorrections(sql, clock.now),
    cards: createCards(sql),
    ledger: createLedger(sql, clock.now),
    sanctions: createSanctions(sql),
    persons: createPersons(sql),
    purges: createPurges(sql),
    llmAsks: createLlmAsks(sql),
    hourCounts: createHourCounts(sql),
    deadLetters: createDeadLetters(sql),
    lease: createLease({ table: createLeaseTable(sql, holder, leaseTermMs), clock, log, termMs: leaseTermMs }),
    sql,
    ping,
    close: once(() => pool.end()),
  };
}

/** pg refuses to end a pool twice. */
function once<T>(run: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  return () => (running ??= run());
}

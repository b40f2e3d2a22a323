/**
 * The Lease port by a table. A holder counts its term from before it asked, and less than the whole of it, so it gives
 * up before another can take over. A holder's name may take its own lease back at once: it is what a process is called
 * again after a restart. Within a process, therefore, a name is held once at a time.
 */
import { createHold, type Clock, type Lease, type Millis } from '@chatwarden/contracts';
import type { LeaseTable } from './lease-table.ts';
import type { StoreLog } from './store-log.ts';

export interface LeaseOptions {
  table: LeaseTable;
  clock: Clock;
  log: StoreLog;
  /** How long a dead holder's lease lasts. */
  termMs: number;
}

interface Held {
  name: string;
  epoch: number;
  /** By our clock; from then on another may have the lease. */
  safeUntil: Millis;
}

/** Of the term: two failed renewals leave time for a third. */
const RENEW_PART = 1 / 3;
/** Of the term: the rest is for clocks that drift, and for the work to end in. */
const SAFE_PART = 0.9;

export function createLease(options: LeaseOptions): Lease {
  const { table, log } = options;
  const hold = createHold<Held>({
    acquire: (name, signal) => acquire(options, name, signal),
    keep: (held, ended) => keep(options, held, ended),
    release: ({ name, epoch }) => table.release(name, epoch),
    log,
  });
  return { hold };
}

async function acquire(
  { table, clock, log, termMs }: LeaseOptions,
  name: string,
  signal: AbortSignal,
): Promise<Held | undefined> {
  while (!signal.aborted) {
    const askedAt = clock.now();
    try {
      const epoch = await table.acquire(name);
      if (epoch !== null) return { name, epoch, safeUntil: askedAt + termMs * SAFE_PART };
    } catch (error) {
      log.warn({ err: error, lease: name }, 'cannot ask for a lease, trying again');
    }
    await clock.sleep(termMs * RENEW_PART, signal);
  }
  return undefined;
}

/** Resolves when the lease can no longer be counted on, or when `ended` aborts. */
async function keep(options: LeaseOptions, held: Held, ended: AbortSignal): Promise<void> {
  const { clock, termMs } = options;
  let { safeUntil } = held;
  while (!ended.aborted) {
    await clock.sleep(Math.min(termMs * RENEW_PART, safeUntil - clock.now()), ended);
    const askedAt = clock.now();
    if (ended.aborted || askedAt >= safeUntil) return;
    // An answer that does not come in time is none.
    const tooLate = clock.sleep(safeUntil - askedAt, ended).then(() => 'lost' as const);
    const answer = await Promise.race([renew(options, held), tooLate]);
    if (answer === 'lost') return;
    if (answer === 'renewed') safeUntil = askedAt + termMs * SAFE_PART;
  }
}

async function renew({ table, log }: LeaseOptions, { name, epoch }: Held): Promise<'renewed' | 'lost' | 'unknown'> {
  try {
    return (await table.renew(name, epoch)) ? 'renewed' : 'lost';
  } catch (error) {
    log.warn({ err: error, lease: name }, 'cannot renew a lease, trying again');
    return 'unknown';
  }
}

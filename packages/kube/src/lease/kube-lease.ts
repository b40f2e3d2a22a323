/**
 * The Lease port on coordination.k8s.io. Nobody compares clocks of two machines: a candidate takes over when it has seen
 * the object unchanged for a whole term, by its own monotonic time. A holder counts from before it asked, and only to
 * the renewal deadline, which is shorter than the term: so it has ended before anybody else begins.
 */
import { createHold, type Clock, type Lease, type Millis } from '@chatwarden/contracts';
import type { KubeClient } from '../client.ts';
import type { KubeLog } from '../log.ts';
import { createLeaseDoor, type LeaseDoor } from './lease-door.ts';
import { isHeldBy, released, renewed, taken, type LeaseObject } from './lease-object.ts';

export interface KubeLeaseOptions {
  client: Pick<KubeClient, 'request'>;
  namespace: string;
  /** Unlike any other process's, such as the name of the pod. A process with the same name takes over at once. */
  holder: string;
  clock: Clock;
  log: KubeLog;
  /** How long a holder that says nothing keeps the lease; 15 s. */
  termMs?: number;
  /** How long after its last renewal a holder still counts on it; 10 s. The rest of the term is for its work to end. */
  renewDeadlineMs?: number;
  /** Between tries; 2 s. */
  retryMs?: number;
  /** Time that nobody sets; with a clock that is turned by hand, that clock's `now`. */
  monotonicMs?: () => number;
  /** 0 to 1; Math.random. */
  random?: () => number;
}

interface Context extends Required<Omit<KubeLeaseOptions, 'client' | 'namespace'>> {
  door: LeaseDoor;
}

interface Held {
  name: string;
  epoch: number;
  lease: LeaseObject;
  /** By both clocks; whichever comes first counts. */
  safeUntil: Moment;
}

interface Moment {
  wallMs: Millis;
  monotonicMs: number;
}

const TERM_MS = 15_000;
const RENEW_DEADLINE_MS = 10_000;
const RETRY_MS = 2_000;
/** Of the wait between tries of those who want it, so that they do not all ask at once. */
const JITTER = 0.2;

export function createKubeLease(options: KubeLeaseOptions): Lease {
  const context = withDefaults(options);
  const hold = createHold<Held>({
    acquire: (name, signal) => acquire(context, name, signal),
    keep: (held, ended) => keep(context, held, ended),
    release: (held) => release(context, held),
    log: context.log,
  });
  return { hold };
}

/** A renewal that was cut off may have been written all the same: then ours is the second version to try. */
async function release({ door, clock, holder }: Context, held: Held): Promise<void> {
  const never = new AbortController().signal;
  if (await door.write(released(held.lease, clock.now()), never)) return;
  const seen = await door.read(held.name, never);
  if (isHeldBy(seen, holder, held.epoch)) await door.write(released(seen, clock.now()), never);
}

function withDefaults(options: KubeLeaseOptions): Context {
  const { termMs = TERM_MS, renewDeadlineMs = RENEW_DEADLINE_MS, retryMs = RETRY_MS } = options;
  if (!(retryMs < renewDeadlineMs && renewDeadlineMs < termMs)) {
    throw new RangeError(`a lease needs retryMs ${retryMs} < renewDeadlineMs ${renewDeadlineMs} < termMs ${termMs}`);
  }
  // A connection that is half dead must leave time for another try.
  const door = createLeaseDoor({ ...options, timeoutMs: renewDeadlineMs / 2 });
  const monotonicMs = options.monotonicMs ?? (() => performance.now());
  return { ...options, door, termMs, renewDeadlineMs, retryMs, monotonicMs, random: options.random ?? Math.random };
}

async function acquire(context: Context, name: string, signal: AbortSignal): Promise<Held | undefined> {
  const { clock, log, retryMs, random } = context;
  const candidate = createCandidate(context, name);
  while (!signal.aborted) {
    try {
      const held = await candidate.tryOnce(signal);
      if (held) return held;
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error, lease: name }, 'cannot ask for a lease, trying again');
    }
    await clock.sleep(Math.min(retryMs * (1 + JITTER * random()), candidate.termLeftMs()), signal);
  }
  return undefined;
}

interface Sighting {
  version: string | undefined;
  atMs: number;
  /** Of whoever holds it. */
  termMs: number;
}

interface Candidate {
  tryOnce(signal: AbortSignal): Promise<Held | undefined>;
  /** Until the lease is free if its holder stays silent. Infinity when that is over, or nobody was seen. */
  termLeftMs(): number;
}

/** Remembers since when the lease looks as it does. */
function createCandidate(context: Context, name: string): Candidate {
  const { door, holder, termMs, clock, monotonicMs } = context;
  let seen: Sighting | undefined;

  function isFree({ metadata, spec }: LeaseObject): boolean {
    const { holderIdentity = '', leaseDurationSeconds } = spec ?? {};
    if (holderIdentity === '' || holderIdentity === holder) return true;
    if (seen === undefined || seen.version !== metadata.resourceVersion) {
      const theirTermMs = leaseDurationSeconds === undefined ? termMs : leaseDurationSeconds * 1000;
      seen = { version: metadata.resourceVersion, atMs: monotonicMs(), termMs: theirTermMs };
    }
    return leftOf(seen) <= 0;
  }

  const leftOf = (sighting: Sighting) => sighting.atMs + sighting.termMs - monotonicMs();

  async function tryOnce(signal: AbortSignal): Promise<Held | undefined> {
    const found = await door.read(name, signal);
    if (!isFree(found)) return undefined;
    const safeUntil = deadlineFrom(context);
    const epoch = (found.spec?.leaseTransitions ?? 0) + 1;
    const lease = await door.write(taken(found, { holder, termMs, epoch, now: clock.now() }), signal);
    return lease && { name, epoch, lease, safeUntil };
  }

  function termLeftMs(): number {
    const leftMs = seen === undefined ? 0 : leftOf(seen);
    return leftMs > 0 ? leftMs : Number.POSITIVE_INFINITY;
  }

  return { tryOnce, termLeftMs };
}

/** Resolves when the lease can no longer be counted on, or when `ended` aborts. */
async function keep(context: Context, held: Held, ended: AbortSignal): Promise<void> {
  const { clock, retryMs } = context;
  while (!ended.aborted) {
    await clock.sleep(Math.min(retryMs, leftMs(context, held)), ended);
    if (ended.aborted || leftMs(context, held) <= 0) return;
    const asked = deadlineFrom(context);
    // An answer that does not come in time is none.
    const overdue = new AbortController();
    const done = new AbortController();
    const either = AbortSignal.any([ended, done.signal]);
    const tooLate = clock.sleep(leftMs(context, held), either).then(() => 'lost' as const);
    const answer = await Promise.race([renew(context, held, overdue.signal), tooLate]);
    done.abort();
    overdue.abort();
    if (answer === 'lost') return;
    if (answer === 'renewed') held.safeUntil = asked;
  }
}

async function renew(context: Context, held: Held, signal: AbortSignal): Promise<'renewed' | 'lost' | 'unknown'> {
  const { door, clock, log, holder } = context;
  try {
    const written = await door.write(renewed(held.lease, clock.now()), signal);
    if (!written) {
      // Somebody wrote: another holder, a person's label, or ourselves without having heard the answer.
      const seen = await door.read(held.name, signal);
      if (!isHeldBy(seen, holder, held.epoch)) return 'lost';
      held.lease = seen;
      return 'unknown';
    }
    held.lease = written;
    return 'renewed';
  } catch (error) {
    if (!signal.aborted) log.warn({ err: error, lease: held.name }, 'cannot renew a lease, trying again');
    return 'unknown';
  }
}

function deadlineFrom({ clock, monotonicMs, renewDeadlineMs }: Context): Moment {
  return { wallMs: clock.now() + renewDeadlineMs, monotonicMs: monotonicMs() + renewDeadlineMs };
}

/** Monotonic time may stand still while a machine sleeps, and the wall's may be set back: the sooner end counts. */
function leftMs({ clock, monotonicMs }: Context, { safeUntil }: Held): number {
  return Math.min(safeUntil.wallMs - clock.now(), safeUntil.monotonicMs - monotonicMs());
}

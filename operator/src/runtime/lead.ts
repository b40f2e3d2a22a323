/**
 * Works only while it holds the lease. When the lease is lost, or when it is held and nothing moves, the process ends:
 * one that goes on would work beside its successor, and one that hangs would keep everybody from it.
 */
import { Failure, type Clock, type Lease } from '@chatwarden/contracts';
import { gauge, type KubeLog } from '@chatwarden/kube';
import type { Registry } from 'prom-client';
import type { Health } from './health.ts';

export interface LeadOptions {
  lease: Lease;
  /** Of the lease. */
  name: string;
  /** Ends soon after its signal aborts. */
  run: (epoch: number, signal: AbortSignal) => Promise<void>;
  /** Asked every 10 s while leading. */
  alive?: () => Health;
  /** How long `run` may take to end once the lease is lost; 5 s, which a holder of 15 s has after its deadline of 10. */
  graceMs?: number;
  clock: Clock;
  log: KubeLog;
  registry?: Registry;
}

const GRACE_MS = 5000;
const LOOK_MS = 10_000;

/**
 * Resolves when `signal` aborts and `run` has ended; the lease is then free for the next. Rejects with a Failure of class
 * `never`, `leaseLost` or `stuck`, upon which the process should end, whatever else it still does.
 */
export async function lead(options: LeadOptions, signal: AbortSignal): Promise<void> {
  const { lease, name, clock, log, graceMs = GRACE_MS } = options;
  const status = gauge({
    registry: options.registry,
    name: 'leader_election_master_status',
    help: 'Gauge of if the reporting system is master of the relevant lease, 0 indicates backup, 1 indicates master.',
    labelNames: ['name'],
  });
  status.set({ name }, 0);
  const over = linked(signal);
  const ended = Promise.withResolvers<void>();
  const failing = Promise.withResolvers<void>();
  let failure: Failure | undefined;

  /** `run` gets its grace to end in; then it is over even if it has not. */
  function fail(code: 'leaseLost' | 'stuck', message: string): void {
    if (failure || over.signal.aborted) return;
    log.error({ lease: name }, message);
    failure = new Failure(code, 'never', { message });
    over.abort();
    void Promise.race([ended.promise, clock.sleep(graceMs)]).then(failing.resolve);
  }

  async function work(epoch: number, lost: AbortSignal): Promise<void> {
    log.info({ lease: name, epoch }, 'leading');
    status.set({ name }, 1);
    const onLost = () => fail('leaseLost', `the lease ${name} is lost: this process must end`);
    if (lost.aborted) onLost();
    lost.addEventListener('abort', onLost, { once: true });
    void watchOver(options, over.signal, (reason) => fail('stuck', `leads, but does no work: ${reason}`));
    try {
      await options.run(epoch, over.signal);
    } finally {
      over.abort();
      ended.resolve();
      status.set({ name }, 0);
    }
  }

  await Promise.race([lease.hold(name, work, over.signal), failing.promise]);
  status.set({ name }, 0);
  if (failure) throw failure;
}

function linked(signal: AbortSignal): AbortController {
  const over = new AbortController();
  if (signal.aborted) over.abort();
  signal.addEventListener('abort', () => over.abort(), { once: true });
  return over;
}

async function watchOver({ alive, clock }: LeadOptions, signal: AbortSignal, onStuck: (reason: string) => void) {
  while (alive && !signal.aborted) {
    await clock.sleep(LOOK_MS, signal);
    const health = alive();
    if (!signal.aborted && !health.ok) onStuck(health.reason ?? health.name);
  }
}

/**
 * Brings what is to what should be, one key at a time. A key is all that a reconcile is told: it reads the present state
 * itself, so a change that was missed, doubled or out of order makes no difference. Whatever a reconcile does wrong stays
 * with its key: it is tried again, later each time, while others go on.
 */
import { Failure, messageOf, retryClassOf, type Clock } from '@chatwarden/contracts';
import type { KubeLog } from '@chatwarden/kube';
import type { Registry } from 'prom-client';
import { createControllerMetrics } from './controller-metrics.ts';
import { judgeHealth, type Health } from './health.ts';
import { startResync, type ResyncOptions } from './resync.ts';
import { startTimeLimit } from './time-limit.ts';
import type { Priority } from './lines.ts';
import { createWorkQueue } from './work-queue.ts';

export interface Reconciled {
  /** Looks again after that long, though nothing changed. */
  requeueAfterMs?: number;
}

export type Reconcile = (key: string, signal: AbortSignal) => Promise<Reconciled | void>;

export interface ControllerOptions {
  name: string;
  /**
   * What it rejects with decides: a Failure of class `never` waits for an edit or the next resync; anything else is
   * retried. What is no Failure is counted as a panic. The signal aborts when its time is over or the controller stops.
   */
  reconcile: Reconcile;
  /** Keys at once; 4. */
  concurrency?: number;
  /** Of one reconcile; 2 min. */
  timeoutMs?: number;
  /** Keys that are looked at again now and then, in case that a change was missed. */
  resync?: ResyncOptions;
  /** False while the cache does not show yet what was written for this key: the key waits a little. */
  isFresh?: (key: string) => boolean;
  /** A key that waits, or a reconcile that runs beyond its time, for longer means that nothing moves; 5 min. */
  stuckAfterMs?: number;
  clock: Clock;
  log: KubeLog;
  registry?: Registry;
}

export interface Controller {
  enqueue(key: string, priority?: Priority): void;
  enqueueAfter(key: string, ms: number, priority?: Priority): void;
  /** Resolves when the signal aborts and the reconciles under way have ended. Once only. */
  run(signal: AbortSignal): Promise<void>;
  /** For liveness: whether a controller that should work does. */
  alive(): Health;
  /** No key waits, and none is worked on. */
  isIdle(): boolean;
}

const CONCURRENCY = 4;
const TIMEOUT_MS = 120_000;
const STUCK_AFTER_MS = 300_000;
const NOT_FRESH_MS = 100;

export function createController(options: ControllerOptions): Controller {
  const { name, clock, concurrency = CONCURRENCY, timeoutMs = TIMEOUT_MS } = options;
  const { stuckAfterMs = STUCK_AFTER_MS, registry, isFresh = () => true } = options;
  const queue = createWorkQueue({ name, clock, ...(registry ? { registry } : {}) });
  const metrics = createControllerMetrics(registry, name, concurrency);
  let running = false;

  async function work(signal: AbortSignal): Promise<void> {
    for (;;) {
      const key = await queue.take(signal);
      if (key === undefined) return;
      if (isFresh(key)) await reconcileOne(key, signal);
      else queue.addAfter(key, NOT_FRESH_MS);
      queue.done(key);
    }
  }

  async function reconcileOne(key: string, signal: AbortSignal): Promise<void> {
    const startedAt = clock.now();
    const limit = startTimeLimit({ clock, ms: timeoutMs, parent: signal, name: `reconciling ${key}` });
    metrics.began();
    try {
      const { requeueAfterMs } = (await options.reconcile(key, limit.signal)) ?? {};
      queue.forget(key);
      if (requeueAfterMs !== undefined) queue.addAfter(key, requeueAfterMs);
      metrics.ended(requeueAfterMs === undefined ? 'success' : 'requeue_after', clock.now() - startedAt);
    } catch (error) {
      metrics.ended('error', clock.now() - startedAt);
      if (limit.isOver()) metrics.timedOut();
      if (!signal.aborted) failed(key, error);
    } finally {
      limit.release();
    }
  }

  function failed(key: string, error: unknown): void {
    const fields = { err: error, controller: name, key };
    if (!(error instanceof Failure)) metrics.panicked();
    if (retryClassOf(error) === 'never') {
      metrics.terminal();
      queue.forget(key);
      options.log.error(fields, `cannot reconcile ${key} until it is changed: ${messageOf(error)}`);
      return;
    }
    const waitMs = queue.addRetry(key);
    options.log.warn({ ...fields, waitMs }, `reconciling ${key} again: ${messageOf(error)}`);
  }

  async function run(signal: AbortSignal): Promise<void> {
    if (running) throw new Error(`the controller ${name} runs already`);
    running = true;
    signal.addEventListener('abort', queue.close, { once: true });
    const workers = Array.from({ length: concurrency }, () => work(signal));
    const resync = options.resync ? [startResync({ ...options.resync, clock, queue, signal })] : [];
    await Promise.all([...workers, ...resync]);
    running = false;
  }

  return {
    enqueue: queue.add,
    enqueueAfter: queue.addAfter,
    run,
    alive: () => (running ? judgeHealth({ name, queue, clock, timeoutMs, stuckAfterMs }) : { name, ok: true }),
    isIdle: () => queue.depth() === 0 && queue.oldestStartedAt() === undefined,
  };
}

/**
 * Keys that wait to be worked on. A key stands in it once, however often it is added; while it is worked on it is given
 * to nobody else, and what is added meanwhile waits until that work is done: so no change is missed and none is done
 * twice at once. What people changed goes before what is only looked at again.
 */
import type { Clock, Millis } from '@chatwarden/contracts';
import type { Registry } from 'prom-client';
import { createDelays } from './delays.ts';
import { createLines, earliest, type Priority } from './lines.ts';
import { createRetryDelays, type RetryOptions } from './retry-delays.ts';
import { createQueueMetrics } from './queue-metrics.ts';
import { createTakers } from './takers.ts';

export interface WorkQueueOptions {
  name: string;
  clock: Clock;
  registry?: Registry;
  retry?: Partial<RetryOptions>;
}

export interface WorkQueue {
  add(key: string, priority?: Priority): void;
  /** The soonest of several counts. */
  addAfter(key: string, ms: number, priority?: Priority): void;
  /** After a failure: later each time in a row. To the ms until then. */
  addRetry(key: string): number;
  /** The work succeeded: its next failure is a first one. */
  forget(key: string): void;
  /** The next key, when there is one. Undefined when the signal aborts. Each key taken must be told `done`. */
  take(signal: AbortSignal): Promise<string | undefined>;
  done(key: string): void;
  depth(): number;
  /** Of the keys that wait for a worker, since when the first waits. */
  oldestQueuedAt(): Millis | undefined;
  /** Of the keys that are worked on, since when the first is. */
  oldestStartedAt(): Millis | undefined;
  /** Delayed keys are added no more. */
  close(): void;
}

export function createWorkQueue(options: WorkQueueOptions): WorkQueue {
  const { clock } = options;
  const lines = createLines(clock);
  const started = new Map<string, Millis>();
  /** Added while they are worked on. */
  const again = new Map<string, Priority>();
  const takers = createTakers();
  const metrics = createQueueMetrics(options.registry, options.name, {
    depth: lines.length,
    started: () => [...started.values()].map((at) => clock.now() - at),
  });
  const retries = createRetryDelays({ clock, ...options.retry });
  const delays = createDelays(clock, add);

  function add(key: string, priority: Priority = 'edit'): void {
    if (started.has(key)) {
      if (!again.has(key)) metrics.added();
      if (again.get(key) !== 'edit') again.set(key, priority);
      return;
    }
    if (lines.add(key, priority)) metrics.added();
    takers.wakeOne();
  }

  async function take(signal: AbortSignal): Promise<string | undefined> {
    while (!signal.aborted) {
      const next = lines.next();
      if (next) {
        started.set(next.key, clock.now());
        metrics.waited(clock.now() - next.since);
        return next.key;
      }
      await takers.wait(signal);
    }
    return undefined;
  }

  function done(key: string): void {
    const since = started.get(key);
    if (since === undefined) return;
    metrics.worked(clock.now() - since);
    started.delete(key);
    const priority = again.get(key);
    again.delete(key);
    if (priority === undefined) return;
    lines.add(key, priority);
    takers.wakeOne();
  }

  return {
    add,
    addAfter: (key, ms, priority = 'edit') => (ms <= 0 ? add(key, priority) : delays.add(key, ms, priority)),
    addRetry: (key) => {
      const ms = retries.next(key);
      metrics.retried();
      delays.add(key, ms, 'edit');
      return ms;
    },
    forget: retries.forget,
    take,
    done,
    depth: () => lines.length('edit') + lines.length('resync'),
    oldestQueuedAt: lines.oldestAt,
    oldestStartedAt: () => earliest([...started.values()]),
    close: delays.close,
  };
}

import type { Clock } from '@chatwarden/contracts';
import type { WorkQueue } from './work-queue.ts';

/** As a health server shows it. */
export interface Health {
  name: string;
  ok: boolean;
  /** Why not, for a person. */
  reason?: string;
}

export interface HealthOptions {
  name: string;
  queue: Pick<WorkQueue, 'depth' | 'oldestQueuedAt' | 'oldestStartedAt'>;
  clock: Clock;
  timeoutMs: number;
  stuckAfterMs: number;
}

/** A process that holds the lease and does no work keeps every other from doing it: it must be ended. */
export function judgeHealth({ name, queue, clock, timeoutMs, stuckAfterMs }: HealthOptions): Health {
  const queuedMs = clock.now() - (queue.oldestQueuedAt() ?? clock.now());
  const startedMs = clock.now() - (queue.oldestStartedAt() ?? clock.now());
  if (startedMs > timeoutMs + stuckAfterMs) {
    return { name, ok: false, reason: `a reconcile does not end: it began ${seconds(startedMs)} ago` };
  }
  if (queuedMs > stuckAfterMs) {
    const reason = `none of ${queue.depth()} keys is begun: the first has waited for ${seconds(queuedMs)}`;
    return { name, ok: false, reason };
  }
  return { name, ok: true };
}

const seconds = (ms: number) => `${Math.round(ms / 1000)} s`;

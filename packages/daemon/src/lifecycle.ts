/**
 * Teardown is registered where a thing is made and unwound last-in first-out, so that nothing is closed under somebody
 * who still uses it. One deadline for all: what does not end by then is named and left.
 */
import { messageOf, type Clock } from '@chatwarden/contracts';
import type { Logger } from './logger.ts';

export interface Lifecycle {
  onStop(name: string, stop: () => Promise<unknown> | void): void;
  /** Idempotent. Resolves to whether everything ended well and in time. */
  stop(reason: string): Promise<boolean>;
  /** Aborts when stopping begins. */
  signal: AbortSignal;
}

export interface LifecycleOptions {
  clock: Clock;
  log: Logger;
  deadlineMs: number;
}

export function createLifecycle({ clock, log, deadlineMs }: LifecycleOptions): Lifecycle {
  const steps: { name: string; stop: () => Promise<unknown> | void }[] = [];
  const stopping = new AbortController();
  let ended: Promise<boolean> | null = null;

  async function unwind(reason: string): Promise<boolean> {
    log.info(`stopping: ${reason}`);
    stopping.abort();
    const endsAt = clock.now() + deadlineMs;
    let clean = true;
    for (let step = steps.pop(); step; step = steps.pop()) {
      const result = await within(Math.max(endsAt - clock.now(), 1), step.stop);
      if (result === 'done') continue;
      clean = false;
      log.error(`${step.name} did not stop: ${result}`);
    }
    return clean;
  }

  async function within(ms: number, stop: () => Promise<unknown> | void): Promise<string> {
    const done = new AbortController();
    const work = (async () => {
      await stop();
      return 'done';
    })().catch((error: unknown) => messageOf(error));
    const timeout = clock.sleep(ms, done.signal).then(() => 'its time is up');
    const result = await Promise.race([work, timeout]);
    done.abort();
    return result;
  }

  return {
    onStop: (name, stop) => void steps.push({ name, stop }),
    stop: (reason) => (ended ??= unwind(reason)),
    signal: stopping.signal,
  };
}

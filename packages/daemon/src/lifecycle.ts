/**
 * Stopping is registered where a thing is made and unwinds last-in first-out, so that nothing loses what it stands on
 * before it has stopped itself. All have one deadline together: each may use its share of what is left of it, and what
 * needs longer is left behind, so that the last one gets its turn as well.
 */
import { messageOf, type Clock } from '@chatwarden/contracts';
import { systemClock } from './clock.ts';

/** The part of a logger that is needed here. */
export interface StopLog {
  info(message: string): void;
  error(fields: object, message: string): void;
}

export interface LifecycleOptions {
  log: StopLog;
  /** For everything together. */
  deadlineMs: number;
  clock?: Clock;
}

/** The signal aborts when this one's share of the deadline is over. */
export type Stop = (signal: AbortSignal) => Promise<unknown> | void;

export interface Lifecycle {
  /** What is registered after stopping began is stopped at once. */
  onStop(name: string, stop: Stop): void;
  /** Idempotent: later calls wait for the first. Resolves to the names of what did not stop well; never rejects. */
  stop(reason: string): Promise<readonly string[]>;
}

interface Registered {
  name: string;
  stop: Stop;
}

export function createLifecycle({ log, deadlineMs, clock = systemClock() }: LifecycleOptions): Lifecycle {
  const registered: Registered[] = [];
  let stopped: Promise<readonly string[]> | undefined;

  async function unwind(): Promise<readonly string[]> {
    const endsAt = clock.now() + deadlineMs;
    const failed: string[] = [];
    for (let next = registered.pop(); next; next = registered.pop()) {
      const shareMs = Math.max(1, endsAt - clock.now()) / (registered.length + 1);
      if (!(await stopOne(next, shareMs))) failed.push(next.name);
    }
    return failed;
  }

  async function stopOne({ name, stop }: Registered, shareMs: number): Promise<boolean> {
    const overdue = new AbortController();
    const done = new AbortController();
    const run = async (): Promise<'clean' | 'failed'> => {
      try {
        await stop(overdue.signal);
        return 'clean';
      } catch (error) {
        log.error({ err: error }, `${name} did not stop cleanly: ${messageOf(error)}`);
        return 'failed';
      }
    };
    const result = await Promise.race([run(), clock.sleep(shareMs, done.signal).then(() => 'overdue' as const)]);
    done.abort();
    if (result !== 'overdue') return result === 'clean';
    log.error({}, `${name} did not stop within ${Math.round(shareMs)} ms; going on without it`);
    overdue.abort();
    return false;
  }

  function onStop(name: string, stop: Stop): void {
    if (stopped) void stopOne({ name, stop }, deadlineMs);
    else registered.push({ name, stop });
  }

  function stop(reason: string): Promise<readonly string[]> {
    if (!stopped) {
      log.info(`stopping: ${reason}`);
      stopped = unwind();
    }
    return stopped;
  }

  return { onStop, stop };
}

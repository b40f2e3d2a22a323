/**
 * A loop that outlives its failures. How long it waits after one is said by the failure's retry class: `now` may pass
 * quickly, `later` is a dependency that is away, and `never` ends the loop, since doing the same again cannot help.
 */
import { retryClassOf, type Clock, type RetryClass } from '@chatwarden/contracts';

export interface LoopFailure {
  name: string;
  error: unknown;
  /** In a row, this one included. */
  failures: number;
  /** Until the next try. */
  waitMs: number;
}

export interface LoopOptions {
  name: string;
  clock: Clock;
  signal: AbortSignal;
  /** Does one round and says how long to wait for the next, in ms; 0 is at once. */
  step(signal: AbortSignal): Promise<number>;
  onError(failure: LoopFailure): void;
}

const BACKOFF_MS: Readonly<Record<Exclude<RetryClass, 'never'>, { first: number; max: number }>> = {
  now: { first: 100, max: 5000 },
  later: { first: 500, max: 30_000 },
};

/** Resolves when the signal aborts; rejects with the first failure of class `never`. */
export async function runLoop({ name, clock, signal, step, onError }: LoopOptions): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    let waitMs: number;
    try {
      waitMs = await step(signal);
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      const retry = retryClassOf(error);
      if (retry === 'never') throw error;
      failures += 1;
      const { first, max } = BACKOFF_MS[retry];
      waitMs = Math.min(first * 2 ** (failures - 1), max);
      onError({ name, error, failures, waitMs });
    }
    await clock.sleep(waitMs, signal);
  }
}

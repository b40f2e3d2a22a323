import type { Clock, Millis } from '@chatwarden/contracts';

export interface RetryOptions {
  /** After a first failure. */
  firstMs: number;
  maxMs: number;
  /** Of all keys together: retries a second, and how many at once. */
  qps: number;
  burst: number;
}

export interface RetryDelays {
  next(key: string): number;
  forget(key: string): void;
}

/** First and rates as controller-runtime; the longest is 5 min, since people wait for what they have mended. */
const DEFAULTS: RetryOptions = { firstMs: 5, maxMs: 300_000, qps: 10, burst: 100 };

/** Twice as long after each failure of a key in a row, and never more retries of all keys than the bucket gives. */
export function createRetryDelays({ clock, ...given }: { clock: Clock } & Partial<RetryOptions>): RetryDelays {
  const { firstMs, maxMs, qps, burst } = { ...DEFAULTS, ...given };
  const failures = new Map<string, number>();
  const stepMs = 1000 / qps;
  let fullAt: Millis = clock.now();

  function bucketMs(): number {
    const now = clock.now();
    fullAt = Math.max(fullAt, now) + stepMs;
    return Math.max(0, fullAt - now - burst * stepMs);
  }

  function next(key: string): number {
    const before = failures.get(key) ?? 0;
    failures.set(key, before + 1);
    return Math.max(Math.min(firstMs * 2 ** before, maxMs), bucketMs());
  }

  return { next, forget: (key) => void failures.delete(key) };
}

import type { Clock, Millis } from '@chatwarden/contracts';

export interface TokenBucket {
  /** Resolves, in the order of asking, when a token is there; to the ms it waited. Also at once when `signal` aborts. */
  take(signal?: AbortSignal): Promise<number>;
}

export interface TokenBucketOptions {
  clock: Clock;
  /** Tokens a second. */
  qps: number;
  /** How many may be saved up. */
  burst: number;
}

/** Each asker reserves the next free moment, so nobody overtakes and nobody starves. */
export function createTokenBucket({ clock, qps, burst }: TokenBucketOptions): TokenBucket {
  const stepMs = 1000 / qps;
  /** When the bucket will have been full; each token taken moves it on. */
  let fullAt: Millis = clock.now();

  async function take(signal?: AbortSignal): Promise<number> {
    const now = clock.now();
    fullAt = Math.max(fullAt, now) + stepMs;
    const waitMs = Math.max(0, fullAt - now - burst * stepMs);
    if (waitMs > 0) await clock.sleep(waitMs, signal);
    return waitMs;
  }

  return { take };
}

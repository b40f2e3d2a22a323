import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '@chatwarden/contracts';

/** The machine's clock. */
export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    sleep: async (ms, signal) => {
      if (signal?.aborted) return;
      // An aborted sleep is an end like any other.
      await delay(ms, undefined, signal ? { signal } : {}).catch(() => undefined);
    },
  };
}

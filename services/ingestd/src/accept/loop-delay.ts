import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Clock } from '@chatwarden/contracts';

export interface LoopDelay {
  /** Mean of the last second or so. */
  meanMs(): number;
  close(): void;
}

const RESOLUTION_MS = 20;
const WINDOW_MS = 1000;
const NS_PER_MS = 1e6;

export function watchLoopDelay(clock: Pick<Clock, 'now'>): LoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  let meanMs = 0;
  let since = clock.now();
  return {
    meanMs() {
      const now = clock.now();
      if (now - since >= WINDOW_MS) {
        // What is recorded is the time between two ticks, which is the resolution when nothing is late.
        meanMs = histogram.count === 0 ? 0 : Math.max(0, histogram.mean / NS_PER_MS - RESOLUTION_MS);
        histogram.reset();
        since = now;
      }
      return meanMs;
    },
    close: () => void histogram.disable(),
  };
}

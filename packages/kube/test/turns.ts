import type { Clock } from '@chatwarden/contracts';
import type { ManualClock } from '@chatwarden/testkit';

/** Lets what is under way go on, sockets included, until the condition holds; the test's own time limit ends it. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

/** Resolves when somebody sleeps for that long. */
export function watchSleeps(clock: ManualClock): { clock: Clock; slept: number[] } {
  const slept: number[] = [];
  const sleep: Clock['sleep'] = (ms, signal) => {
    slept.push(ms);
    return clock.sleep(ms, signal);
  };
  return { clock: { now: clock.now, sleep }, slept };
}

/** In steps, since what wakes may sleep anew. */
export async function pass(clock: ManualClock, ms: number, stepMs = 500): Promise<void> {
  for (let left = ms; left > 0; left -= stepMs) await clock.advance(Math.min(left, stepMs));
}

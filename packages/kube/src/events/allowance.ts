import type { Clock, Millis } from '@chatwarden/contracts';

/** How many events of each object may be told. */
export interface Allowance {
  /** False: not this one. */
  take(object: string): boolean;
}

/** client-go's: 25 at once, then one in 5 minutes. */
const BURST = 25;
const STEP_MS = 300_000;
/** Objects that are remembered at once, before those are forgotten that have their whole allowance again. */
const OBJECTS_MAX = 4096;

export function createAllowance(clock: Clock): Allowance {
  /** When the allowance will be whole again. */
  const wholeAt = new Map<string, Millis>();

  function forgetWhole(now: Millis): void {
    for (const [object, at] of wholeAt) if (at <= now) wholeAt.delete(object);
  }

  function take(object: string): boolean {
    const now = clock.now();
    if (wholeAt.size >= OBJECTS_MAX) forgetWhole(now);
    const next = Math.max(wholeAt.get(object) ?? now, now) + STEP_MS;
    if (next - now > BURST * STEP_MS) return false;
    wholeAt.set(object, next);
    return true;
  }

  return { take };
}

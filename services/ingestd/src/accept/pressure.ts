/** When to answer 503 before a body is read: what cannot be done in time is better known at once. */
import { ProblemError } from '../problems/problem.ts';

export interface Pressure {
  isStopping(): boolean;
  /** How late the event loop runs, on average lately. */
  loopDelayMs(): number;
  /** Bytes of requests that are being worked on. */
  heldBytes(): number;
  /** So much waits to be indexed that the bus might forget some of it. Absent where nothing waits. */
  isIndexBehind?: (() => boolean) | undefined;
}

export interface PressureLimits {
  loopDelayMaxMs: number;
  heldBytesMax: number;
}

interface Reason {
  code: string;
  title: string;
  retryAfterS: number;
}

const STOPPING: Reason = {
  code: 'stopping',
  title: 'This process is stopping; another one takes over',
  retryAfterS: 1,
};
const OVERLOADED: Reason = { code: 'overloaded', title: 'Too much to do; try again soon', retryAfterS: 2 };
const BEHIND: Reason = {
  code: 'index-behind',
  title: 'What was accepted before is not indexed yet, and must not be lost for what comes now',
  retryAfterS: 60,
};

/** Throws a ProblemError 503. */
export function refuseUnderPressure(pressure: Pressure, limits: PressureLimits): void {
  const reason = reasonOf(pressure, limits);
  if (reason) throw new ProblemError({ status: 503, ...reason });
}

function reasonOf(pressure: Pressure, limits: PressureLimits): Reason | undefined {
  if (pressure.isStopping()) return STOPPING;
  if (pressure.heldBytes() > limits.heldBytesMax) return OVERLOADED;
  if (pressure.loopDelayMs() > limits.loopDelayMaxMs) return OVERLOADED;
  return pressure.isIndexBehind?.() ? BEHIND : undefined;
}

import type { Clock } from '@chatwarden/contracts';

/** The longest that a timer of Node can wait; beyond it fires at once. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/** The machine's own time. */
export function systemClock(): Clock {
  return { now: Date.now, sleep };
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  if (ms <= 0 || signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, Math.min(ms, TIMER_MAX_MS));
    signal?.addEventListener('abort', wake);
  });
}

/** Resolves when the signal aborts: what a main that only serves has to wait for. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

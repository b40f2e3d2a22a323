/** Signals and surprises of a process: both end it in order, a surprise with exit code 1. */
import { Failure } from '@chatwarden/contracts';
import type { Clock } from '@chatwarden/contracts';
import type { Lifecycle } from './lifecycle.ts';
import type { Logger } from './logger.ts';

/** The part of `process` that is listened to; tests bring their own. */
export interface ProcessLike {
  on(event: string, listener: (...args: never[]) => void): unknown;
  off(event: string, listener: (...args: never[]) => void): unknown;
  exit(code: number): void;
}

export interface RunDaemonOptions {
  lifecycle: Lifecycle;
  log: Logger;
  clock: Clock;
  process?: ProcessLike;
}

/** One Ctrl-C may arrive twice within milliseconds when a launcher passes it on; that is not impatience. */
const IMPATIENT_AFTER_MS = 500;
const FORCED = 130;

/**
 * Runs `main` until it ends, a signal arrives or something breaks; stops in order and resolves to the exit code.
 * A second Ctrl-C, by a person, ends the process at once.
 */
export async function runDaemon(
  main: (signal: AbortSignal) => Promise<void>,
  options: RunDaemonOptions,
): Promise<number> {
  const { lifecycle, log, clock, process: proc = process } = options;
  let code = 0;
  let firstSignalAt: number | null = null;

  const onSignal = () => {
    if (firstSignalAt !== null && clock.now() - firstSignalAt > IMPATIENT_AFTER_MS) return proc.exit(FORCED);
    firstSignalAt ??= clock.now();
    void lifecycle.stop('asked to');
  };
  const onSurprise = (error: unknown) => {
    code = 1;
    log.fatal({ err: error }, 'stopping after an unexpected error');
    void lifecycle.stop('unexpected error');
  };
  const listeners = [
    ['SIGINT', onSignal],
    ['SIGTERM', onSignal],
    ['uncaughtException', onSurprise],
    ['unhandledRejection', onSurprise],
  ] as const;
  for (const [event, listener] of listeners) proc.on(event, listener);
  try {
    await main(lifecycle.signal);
  } catch (error) {
    code = 1;
    // A Failure was written for people; anything else needs its stack.
    if (error instanceof Failure) log.error(error.message);
    else log.fatal({ err: error }, 'stopping after an unexpected error');
  }
  if (!(await lifecycle.stop('done'))) code = 1;
  for (const [event, listener] of listeners) proc.off(event, listener);
  return code;
}

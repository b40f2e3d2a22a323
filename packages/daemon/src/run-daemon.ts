/**
 * The frame of every process. The first SIGINT or SIGTERM asks `main` to end and then unwinds its lifecycle; a second
 * one ends the process on the spot. What nobody caught is logged, and the process stops and fails: a program in an
 * unknown state must not go on judging people.
 */
import { messageOf, type Clock } from '@chatwarden/contracts';
import { systemClock, untilAborted } from './clock.ts';
import { createLifecycle, type Lifecycle, type StopLog } from './lifecycle.ts';

export interface Daemon {
  /** Aborts when the process is asked to stop. */
  signal: AbortSignal;
  lifecycle: Lifecycle;
  /** What the frame itself has to say goes to this logger from now on; before, to standard error. */
  logTo(log: StopLog): void;
}

/** Resolves when the work is over: by itself, or as `daemon.signal` asks. A number is the exit code. */
export type Main = (daemon: Daemon) => Promise<number | void>;

/** What of `process` is needed. */
export interface ProcessLike extends Pick<NodeJS.EventEmitter, 'on' | 'off'> {
  exit(code: number): void;
  stderr: { write(text: string): unknown };
}

export interface DaemonOptions {
  /** Half for `main` to end, half for the unwinding; below the 30 s that Kubernetes gives. */
  deadlineMs?: number;
  clock?: Clock;
  host?: ProcessLike;
}

const DEADLINE_MS = 20_000;
/** A launcher such as npm passes a Ctrl-C on that the terminal has sent already: that is not a second one. */
const SAME_PRESS_MS = 500;
/** By convention 128 and the number of the signal. */
const FORCED = { SIGINT: 130, SIGTERM: 143 } as const;

/** Resolves to the exit code: `process.exit(await runDaemon('bot', main))`. Never rejects. */
export async function runDaemon(name: string, main: Main, options: DaemonOptions = {}): Promise<number> {
  const { deadlineMs = DEADLINE_MS, clock = systemClock(), host = process } = options;
  let log = plainLog(name, host);
  const lifecycle = createLifecycle({
    log: { info: (message) => log.info(message), error: (fields, message) => log.error(fields, message) },
    deadlineMs: deadlineMs / 2,
    clock,
  });
  const ending = createEnding(host, clock);
  const failAs = (reason: string) => (error: unknown) => {
    log.error({ err: error }, messageOf(error));
    ending.begin(reason, 1);
  };
  const uninstall = install(host, {
    SIGINT: () => ending.onSignal('SIGINT'),
    SIGTERM: () => ending.onSignal('SIGTERM'),
    uncaughtException: failAs('an error that nobody caught'),
    unhandledRejection: failAs('a rejection that nobody caught'),
  });
  const daemon: Daemon = { signal: ending.signal, lifecycle, logTo: (to) => void (log = to) };
  const work = run(main, daemon).then((code) => ending.begin('the work is done', code), failAs('the work failed'));
  const over = new AbortController();
  await Promise.race([work, untilAborted(ending.signal).then(() => clock.sleep(deadlineMs / 2, over.signal))]);
  // A timer that is left would hold the process up for as long as work may take that does not end.
  over.abort();
  const failed = await lifecycle.stop(ending.reason());
  uninstall();
  return ending.code() === 0 && failed.length > 0 ? 1 : ending.code();
}

async function run(main: Main, daemon: Daemon): Promise<number> {
  return (await main(daemon)) ?? 0;
}

/** Why and with which code the process ends. The first reason stays; a failure on the way out still counts. */
function createEnding(host: ProcessLike, clock: Clock) {
  const asked = new AbortController();
  let begun: { reason: string; at: number } | undefined;
  let code = 0;

  function begin(reason: string, withCode: number): void {
    begun ??= { reason, at: clock.now() };
    code ||= withCode;
    asked.abort();
  }

  function onSignal(signal: keyof typeof FORCED): void {
    if (begun && clock.now() - begun.at > SAME_PRESS_MS) host.exit(FORCED[signal]);
    else begin(signal, 0);
  }

  return { begin, onSignal, signal: asked.signal, reason: () => begun?.reason ?? '', code: () => code };
}

function install(host: ProcessLike, listeners: Record<string, (value: unknown) => void>): () => void {
  for (const [event, listener] of Object.entries(listeners)) host.on(event, listener);
  return () => {
    for (const [event, listener] of Object.entries(listeners)) host.off(event, listener);
  };
}

/** Until there is a logger: only what went wrong, in words. */
function plainLog(name: string, host: ProcessLike): StopLog {
  return {
    info: () => {},
    error: (_fields, message) => void host.stderr.write(`${name}: ${message}\n`),
  };
}

/** A service as a process of its own: started, killed and started again under the same name and port. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@chatwarden/postgres-server';

export interface ServiceProcess {
  name: string;
  pid(): number | undefined;
  /** Again, when it has ended. */
  start(): void;
  /** Resolves when it says that it is ready. Rejects with its last words when it ends, or is not in time. */
  untilReady(): Promise<void>;
  /** Resolves to the exit code when the process has ended; to null where a signal ended it, or nothing ran. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
  /** Stops it in its tracks, as a machine does that has no time for it; `SIGCONT` lets it go on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** Rejects while it does not answer. */
  metrics(): Promise<string>;
  /** All that it has written so far. */
  log(): string;
}

export interface ServiceProcessOptions {
  name: string;
  /** Path of its `main.ts`. */
  main: string;
  /** All of its environment, but for INSTANCE and HEALTH_PORT. */
  env: Readonly<Record<string, string | undefined>>;
  /** Where its log goes; what is there already stays. */
  logFile: string;
}

const LOOK_EVERY_MS = 50;
const READY_WITHIN_MS = 120_000;
const ANSWER_WITHIN_MS = 2000;
const LAST_WORDS = 12;

export async function createServiceProcess(options: ServiceProcessOptions): Promise<ServiceProcess> {
  const { name, main, env, logFile } = options;
  const healthPort = await freePort();
  let child: ChildProcess | undefined;
  // However the harness ends, nothing of it stays behind.
  process.once('exit', () => child?.kill('SIGKILL'));

  function start(): void {
    const log = openSync(logFile, 'a');
    child = spawn(process.execPath, [main], {
      env: { ...env, INSTANCE: name, HEALTH_PORT: String(healthPort) },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
  }

  const hasEnded = () => !child || child.exitCode !== null || child.signalCode !== null;
  const get = (path: string) =>
    fetch(`http://127.0.0.1:${healthPort}${path}`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
  const log = () => readFileSync(logFile, 'utf8');

  async function isReady(): Promise<boolean> {
    return get('/readyz').then(
      ({ ok }) => ok,
      () => false,
    );
  }

  async function untilReady(): Promise<void> {
    for (const deadline = Date.now() + READY_WITHIN_MS; !(await isReady());) {
      const lastWords = () => log().split('\n').slice(-LAST_WORDS).join('\n');
      if (hasEnded() || Date.now() > deadline) throw new Error(`${name} is not ready: ${lastWords()}`);
      await sleep(LOOK_EVERY_MS);
    }
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    if (!child || hasEnded()) return child?.exitCode ?? null;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    return child.exitCode;
  }

  return {
    name,
    pid: () => child?.pid,
    start,
    untilReady,
    end,
    signal: (signal) => void child?.kill(signal),
    metrics: async () => (await get('/metrics')).text(),
    log,
  };
}

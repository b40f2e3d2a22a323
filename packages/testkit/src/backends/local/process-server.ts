// One server as a process of ours: what it prints goes to a file in its folder, so that it is there after the worst end.
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runAs, type Account } from '@chatwarden/postgres-server';
import type { Server } from '../server.ts';
import { guard } from './guard.ts';

export interface ProcessServerOptions {
  /** For people: "Kafka 4.4.0". */
  name: string;
  /** Its log stands in it, and it goes with the server. */
  folder: string;
  /** For folders that servers share, who then end together. */
  logName?: string;
  program: string;
  args: readonly string[];
  env: Record<string, string>;
  /** Undefined: our own. */
  account?: Account | undefined;
  /** Whether it answers. `printed` is what it has printed since it was started. */
  isReady(printed: string): boolean | Promise<boolean>;
}

const POLL_MS = 50;
/** A cold start on two cores that are busy with something else was seen to take 50 s. */
const READY_DEADLINE_MS = 180_000;
const STOP_DEADLINE_MS = 30_000;
const LINES_SHOWN = 30;

/** Not started yet. */
export function createProcessServer(options: ProcessServerOptions): Server {
  const { name, folder } = options;
  const logFile = join(folder, options.logName ?? 'server.log');
  let running: Running | undefined;

  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (running === undefined) return;
    await running.end(signal);
    running = undefined;
  };
  const start = async () => {
    await end('SIGTERM');
    running = launch(options, logFile);
    const outcome = await untilReady(running, options, logFile);
    if (outcome === 'ready') return;
    running.keepFolder();
    await end('SIGKILL');
    throw new Error(`${name} ${outcome}. Its log is ${logFile} and ends so:\n${tailOf(logFile)}`);
  };
  const remove = async () => {
    await end('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  return {
    pid: () => running?.pid,
    start,
    remove,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    logTail: async (lines) => tailOf(logFile, lines),
  };
}

interface Running {
  pid: number | undefined;
  /** Where its part of the log begins. */
  logStart: number;
  hasExited(): boolean;
  end(signal: NodeJS.Signals): Promise<void>;
  /** For whoever wants to read the log. */
  keepFolder(): void;
}

function launch({ program, args, env, account, folder }: ProcessServerOptions, logFile: string): Running {
  const logStart = existsSync(logFile) ? statSync(logFile).size : 0;
  const log = openSync(logFile, 'a');
  const command = runAs(account, program, [...args]);
  const child = spawn(command.file, command.args, {
    ...command.options,
    env: { ...command.options.env, ...env },
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const dismiss = child.pid === undefined ? () => undefined : guard({ pid: child.pid, folder });
  const exited = exitOf(child).finally(dismiss);
  let hasExited = child.pid === undefined;
  void exited.then(() => (hasExited = true));
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
    await exited;
    clearTimeout(impatience);
  };
  return { pid: child.pid, logStart, end, keepFolder: dismiss, hasExited: () => hasExited };
}

function exitOf(child: ChildProcess): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  child.once('exit', () => resolve());
  child.once('error', () => resolve());
  return promise;
}

async function untilReady(running: Running, { isReady }: ProcessServerOptions, logFile: string): Promise<string> {
  const deadline = performance.now() + READY_DEADLINE_MS;
  while (performance.now() < deadline) {
    if (running.hasExited()) return 'ended instead of starting';
    if (await isReady(readFileSync(logFile).subarray(running.logStart).toString())) return 'ready';
    await delay(POLL_MS);
  }
  return `did not answer within ${READY_DEADLINE_MS / 1000} s`;
}

function tailOf(logFile: string, lines = LINES_SHOWN): string {
  if (!existsSync(logFile)) return '';
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}

// One run of the `postgres` program. It gets a session of its own, so that a Ctrl-C in the terminal reaches only its
// owner, who drains first and stops it last. It is ready when it says so on stderr; an exit before that is a refusal.
// Signals (PostgreSQL 18 manual, 18.5): SIGINT is fast shutdown, SIGQUIT immediate, recovered from the log at next start.
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { runAs, type Account } from './run-command.ts';

const READY = 'database system is ready to accept connections';
const LINES_KEPT = 20;
/** Recovery after a crash replays up to max_wal_size before the server is ready. */
const READY_DEADLINE_MS = 120_000;
const STOP_DEADLINE_MS = 10_000;

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface ServerProcess {
  pid: number;
  exited: Promise<Exit>;
  /** Asks politely, after the deadline by force; resolves at the exit. */
  stop(deadlineMs?: number): Promise<void>;
}

/** `lines` are the last that a server printed before it exited without having been ready. */
export type Launch = { kind: 'ready'; server: ServerProcess } | { kind: 'refused'; lines: string[] };

export interface LaunchOptions {
  program: string;
  args: string[];
  account: Account | undefined;
  log: (line: string) => void;
  readyDeadlineMs?: number;
}

/** Starts the program and waits until it is ready, has refused, or has taken too long and is killed. */
export async function launchServer(options: LaunchOptions): Promise<Launch> {
  const command = runAs(options.account, options.program, options.args);
  const child = spawn(command.file, command.args, {
    ...command.options,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = exitOf(child);
  const lines: string[] = [];
  const settled = Promise.withResolvers<Launch['kind']>();
  createInterface({ input: child.stderr as NodeJS.ReadableStream }).on('line', (line) => {
    keepLast(lines, line);
    options.log(line);
    if (line.includes(READY)) settled.resolve('ready');
  });
  child.once('close', () => settled.resolve('refused'));
  child.once('error', (error) => keepLast(lines, error.message));
  const impatience = setTimeout(() => {
    keepLast(lines, 'not ready in time: killed');
    child.kill('SIGQUIT');
  }, options.readyDeadlineMs ?? READY_DEADLINE_MS);
  const kind = await settled.promise;
  clearTimeout(impatience);
  if (kind === 'refused' || child.pid === undefined) return { kind: 'refused', lines };
  return { kind, server: { pid: child.pid, exited, stop: (deadlineMs) => stop(child, exited, deadlineMs) } };
}

function keepLast(lines: string[], line: string): void {
  lines.push(line);
  if (lines.length > LINES_KEPT) lines.shift();
}

/** Also has the server stopped when our own process ends without having done so: no server outlives a plain exit. */
function exitOf(child: ChildProcess): Promise<Exit> {
  const { promise, resolve } = Promise.withResolvers<Exit>();
  const fastShutdown = () => child.kill('SIGINT');
  process.once('exit', fastShutdown);
  const end = (exit: Exit) => {
    process.off('exit', fastShutdown);
    resolve(exit);
  };
  child.once('exit', (code, signal) => end({ code, signal }));
  child.once('error', () => end({ code: null, signal: null }));
  return promise;
}

/** A signal to a server that has already exited goes nowhere, so stopping again is harmless. */
async function stop(child: ChildProcess, exited: Promise<Exit>, deadlineMs = STOP_DEADLINE_MS): Promise<void> {
  child.kill('SIGINT');
  const impatience = setTimeout(() => child.kill('SIGQUIT'), deadlineMs);
  await exited;
  clearTimeout(impatience);
}

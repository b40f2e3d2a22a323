/** The operator in a process of its own, so that its memory and its processor time are its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Look } from './look.ts';

const MAIN = join(import.meta.dirname, 'operator-process.ts');

export interface RunningOperator {
  pid: number;
  look(): Promise<Look>;
  /** As Kubernetes does it. Rejects when it ends otherwise than in order. */
  stop(): Promise<void>;
}

export interface StartOperator {
  env: Readonly<Record<string, string>>;
  logFile: string;
}

export function startOperator({ env, logFile }: StartOperator): RunningOperator {
  // For who wants to know where the time goes.
  const profile = process.env['CPU_PROF_DIR'];
  const args = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const log = openSync(logFile, 'a');
  const tuned = Object.entries(process.env).filter(([name]) => TUNING.includes(name)) as [string, string][];
  const child = spawn(process.execPath, [...args, MAIN], {
    env: { PATH: '/usr/bin:/bin', ...Object.fromEntries(tuned), ...env },
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  // However the harness ends, nothing of it stays behind.
  process.once('exit', () => child.kill('SIGKILL'));
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`the operator has ended with ${code}: see ${logFile}`);
  });
  failed.catch(() => undefined);
  return { pid: child.pid ?? 0, look: () => Promise.race([ask(child), failed]), stop: () => stop(child, logFile) };
}

/** What somebody measures may be given to the harness. */
const TUNING = ['KUBE_QPS', 'KUBE_BURST', 'RECONCILERS', 'NODE_OPTIONS'];

async function ask(child: ChildProcess): Promise<Look> {
  const answered = once(child, 'message');
  child.send('look');
  const [answer] = (await answered) as [Look];
  return answer;
}

async function stop(child: ChildProcess, logFile: string): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`the operator ended with ${code}: see ${logFile}`);
}

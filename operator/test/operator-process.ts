/** The operator as a cluster runs it: a process that is told all by its environment. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '@chatwarden/postgres-server';

export interface OperatorProcess {
  name: string;
  /** Whether it holds the lease, as its metrics have it. */
  leads(): Promise<boolean>;
  kill(): Promise<void>;
  /** Resolves to the exit code. */
  stop(): Promise<number | null>;
  /** What it logged, newest last. */
  log(): string[];
}

const MAIN = join(import.meta.dirname, '../src/main.ts');

export async function startOperatorProcess(name: string, env: Record<string, string>): Promise<OperatorProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env['PATH'], INSTANCE: name, HEALTH_PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => lines.push(...text.trimEnd().split('\n')));
  }
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal);
    const [code] = await ended;
    return code;
  };

  async function leads(): Promise<boolean> {
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`).catch(() => undefined);
    const text = (await answer?.text()) ?? '';
    return /^leader_election_master_status\{[^}]*\} 1$/m.test(text);
  }

  return { name, leads, log: () => lines, kill: async () => void (await end('SIGKILL')), stop: () => end('SIGTERM') };
}

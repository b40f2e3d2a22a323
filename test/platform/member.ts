/** One process of a platform: started, killed and started again under the same name. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@chatwarden/postgres-server';

const ROOT = join(import.meta.dirname, '../..');
const LOOK_EVERY_MS = 50;
const READY_WITHIN_MS = 120_000;

export interface Member {
  name: string;
  pid(): number | undefined;
  /** Again, when it has ended. */
  start(): void;
  /** Resolves when it says that it is ready. Rejects with its last words when it ends, or is not in time. */
  untilReady(): Promise<void>;
  /** Resolves when the process has ended. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Stops it in its tracks, as a machine does that has no time for it; `SIGCONT` lets it go on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  metrics(): Promise<string>;
}

export interface MemberOptions {
  name: string;
  /** Folder of services/, or `operator`. */
  service: string;
  env: Readonly<Record<string, string>>;
  /** Where its log goes. */
  dir: string;
}

export async function createMember({ name, service, env, dir }: MemberOptions): Promise<Member> {
  const healthPort = await freePort();
  const logFile = join(dir, `${name}.log`);
  let child: ChildProcess | undefined;
  // However the harness ends, nothing of it stays behind.
  process.once('exit', () => child?.kill('SIGKILL'));

  function start(): void {
    const log = openSync(logFile, 'a');
    child = spawn(process.execPath, [join(ROOT, folderOf(service), 'src/main.ts')], {
      env: { ...process.env, ...env, INSTANCE: name, HEALTH_PORT: String(healthPort) },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
  }

  const hasEnded = () => !child || child.exitCode !== null || child.signalCode !== null;
  const get = (path: string) => fetch(`http://127.0.0.1:${healthPort}${path}`, { signal: AbortSignal.timeout(2000) });

  async function isReady(): Promise<boolean> {
    return get('/readyz').then(
      ({ ok }) => ok,
      () => false,
    );
  }

  async function untilReady(): Promise<void> {
    for (const deadline = Date.now() + READY_WITHIN_MS; !(await isReady());) {
      if (hasEnded() || Date.now() > deadline) throw new Error(`${name} is not ready: ${lastWords(logFile)}`);
      await sleep(LOOK_EVERY_MS);
    }
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (!child || hasEnded()) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  return {
    name,
    pid: () => child?.pid,
    start,
    untilReady,
    end,
    signal: (signal) => void child?.kill(signal),
    metrics: async () => (await get('/metrics')).text(),
  };
}

function lastWords(file: string): string {
  return readFileSync(file, 'utf8').split('\n').slice(-12).join('\n');
}

function folderOf(service: string): string {
  return service === 'operator' ? service : join('services', service);
}

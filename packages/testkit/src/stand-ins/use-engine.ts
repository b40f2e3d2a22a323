// A Docker engine for one run of tests: the one that answers, or a `dockerd` of our own with its own data, socket and
// process id, which goes away with the run. Nothing of the system's own engine is touched.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { guard } from '../backends/local/guard.ts';
import { docker } from './docker-cli.ts';

export interface Engine {
  /** For DOCKER_HOST; undefined: the user's own, as it is. */
  host: string | undefined;
  stop(): Promise<void>;
}

/** `lacks` says why there is none, in words that follow "needs". */
export type EngineSearch = { engine: Engine } | { lacks: string };

const POLL_MS = 200;
const READY_DEADLINE_MS = 60_000;
const STOP_DEADLINE_MS = 30_000;

export async function useEngine(env: NodeJS.ProcessEnv): Promise<EngineSearch> {
  if (await docker(['version'])) return { engine: { host: undefined, stop: async () => undefined } };
  if (!isInstalled('docker', env)) return { lacks: 'a Docker engine: sudo apt-get install docker.io' };
  if (!isInstalled('dockerd', env))
    return { lacks: 'a Docker engine that answers: none does, and there is no dockerd' };
  if (process.getuid?.() !== 0) return { lacks: 'a Docker engine that answers: only root may start one' };
  return startEngine();
}

async function startEngine(): Promise<EngineSearch> {
  const folder = mkdtempSync(join(tmpdir(), 'chatwarden-dockerd-'));
  const host = `unix://${join(folder, 'socket')}`;
  const places = { 'data-root': 'data', 'exec-root': 'exec', pidfile: 'pid' };
  const args = Object.entries(places).map(([flag, name]) => `--${flag}=${join(folder, name)}`);
  const log = openSync(join(folder, 'log'), 'a');
  const daemon = spawn('dockerd', [...args, `--host=${host}`], { stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  const dismiss = daemon.pid === undefined ? () => undefined : guard({ pid: daemon.pid, folder, signal: 'TERM' });
  let hasExited = false;
  const exited = once(daemon, 'exit').then(() => (hasExited = true));
  const stop = async () => {
    daemon.kill('SIGTERM');
    const impatience = setTimeout(() => daemon.kill('SIGKILL'), STOP_DEADLINE_MS);
    await exited;
    clearTimeout(impatience);
    dismiss();
    rmSync(folder, { recursive: true, force: true });
  };
  const deadline = performance.now() + READY_DEADLINE_MS;
  while (!hasExited && performance.now() < deadline) {
    if (await docker(['--host', host, 'version'])) return { engine: { host, stop } };
    await delay(POLL_MS);
  }
  const said = readFileSync(join(folder, 'log'), 'utf8').trimEnd().split('\n').at(-1);
  await stop();
  return { lacks: `a Docker engine: dockerd does not run here: ${said?.replaceAll(/[()]/g, '')}` };
}

function isInstalled(command: string, env: NodeJS.ProcessEnv): boolean {
  return (env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)));
}

// When the owner is killed by SIGKILL its server lives on, holding the folder. The next owner, who has our lock by then,
// finds it by the id in `postmaster.pid`, makes sure that this id is a server of ours on this very folder, and stops it.
// `postmaster.pid` is never deleted: PostgreSQL itself knows when it is stale, and without it two servers could run.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PostgresServerError } from './postgres-server-error.ts';
import { commandOf, standsIn, startOf } from './process-facts.ts';
import { OUR_MARK } from './server-settings.ts';

export interface Orphanage {
  /** The real path of PostgreSQL's data. */
  clusterDir: string;
  log: (line: string) => void;
}

const POLL_MS = 50;
/** Fast shutdown waits for the checkpoint; immediate shutdown kills stubborn children after 5 s by itself. */
const STEPS = [
  { signal: 'SIGINT', waitMs: 10_000 },
  { signal: 'SIGQUIT', waitMs: 10_000 },
] as const;

/** Stops our own server left by a dead owner. Throws `folder-held` for a server that someone else started. */
export async function stopOrphan({ clusterDir, log }: Orphanage): Promise<void> {
  const pid = postmasterOf(clusterDir);
  if (pid === undefined) return;
  const command = commandOf(pid);
  if (!command.includes(OUR_MARK)) throw heldByStranger(clusterDir, pid);
  log(`stopping the PostgreSQL server ${pid} whose owner is gone`);
  for (const { signal, waitMs } of STEPS) {
    signalIfAlive(pid, signal);
    if (await endsWithin(pid, waitMs)) return;
  }
  throw new PostgresServerError(
    'folder-held',
    `The PostgreSQL server ${pid} of an earlier run still holds ${clusterDir} and does not stop. ` +
      `Run "kill -QUIT ${pid}", wait until it is gone, and start again.`,
  );
}

/** The live server on this folder. An id that now belongs to another program means that the file is stale. */
function postmasterOf(clusterDir: string): number | undefined {
  const pid = Number(firstLine(join(clusterDir, 'postmaster.pid')));
  if (!(pid > 0) || startOf(pid) === undefined) return undefined;
  const program = basename(commandOf(pid)[0] ?? '');
  return program === 'postgres' && standsIn(pid, clusterDir) ? pid : undefined;
}

function firstLine(file: string): string {
  try {
    return readFileSync(file, 'utf8').split('\n')[0] ?? '';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function signalIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function endsWithin(pid: number, waitMs: number): Promise<boolean> {
  const start = startOf(pid);
  for (let waited = 0; waited < waitMs; waited += POLL_MS) {
    if (start === undefined || startOf(pid) !== start) return true;
    await delay(POLL_MS);
  }
  return false;
}

function heldByStranger(clusterDir: string, pid: number): PostgresServerError {
  return new PostgresServerError(
    'folder-held',
    `The PostgreSQL server ${pid}, which this program did not start, uses ${clusterDir}. ` +
      `Stop it ("kill -INT ${pid}"), or choose another data folder.`,
  );
}

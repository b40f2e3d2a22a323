// Folders that take long to make and are the same for every run of tests: made once, below the user's cache folder, under
// another name until they are complete. Whoever comes second waits for the first. Safe to delete when nothing runs.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { acquireOwnerLock, PostgresServerError, type OwnerLock } from '@chatwarden/postgres-server';

const POLL_MS = 200;

export interface Preparation {
  /** What is made, for people: "Kafka 4.4.0". */
  what: string;
  /** Where it shall be in the end. */
  folder: string;
  /** Fills an empty folder, which moves to its place when this is done. */
  make(unfinished: string): Promise<void>;
  say(line: string): void;
}

/** Respects XDG_CACHE_HOME. `name` holds the version. */
export function cacheFolder(name: string, env: NodeJS.ProcessEnv): string {
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'chatwarden', 'servers', name);
}

export async function prepareOnce(preparation: Preparation): Promise<string> {
  const { folder, what, say } = preparation;
  if (existsSync(folder)) return folder;
  const locks = `${folder}.locks`;
  mkdirSync(locks, { recursive: true });
  let lock = tryLock(locks);
  if (lock === undefined) say(`${what}: waiting for another run that prepares it`);
  while (lock === undefined) {
    await delay(POLL_MS);
    lock = tryLock(locks);
  }
  try {
    if (!existsSync(folder)) await make(preparation);
    return folder;
  } finally {
    lock.release();
  }
}

async function make({ folder, what, make: fill, say }: Preparation): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished);
  const startedAt = performance.now();
  say(`${what}: preparing it, once for this machine`);
  await fill(unfinished);
  renameSync(unfinished, folder);
  say(`${what}: prepared in ${((performance.now() - startedAt) / 1000).toFixed(0)} s, kept in ${folder}`);
}

function tryLock(folder: string): OwnerLock | undefined {
  try {
    return acquireOwnerLock(folder);
  } catch (error) {
    if (error instanceof PostgresServerError && error.code === 'folder-held') return undefined;
    throw error;
  }
}

// One process owns a data folder. A lock file names it by id and start, so a file left by a killed owner is known as
// stale even when its id runs again. Locks are numbered and the highest counts: to take over a stale or released one is to
// create the next number, which only one rival can. Removing the stale file instead would be a race, as a slow rival may
// remove the winner's. The file is a hard link to a finished draft, so it appears whole or not at all.
import { linkSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { PostgresServerError } from './postgres-server-error.ts';
import { startOf } from './process-facts.ts';

export interface OwnerLock {
  /** Gives the folder free; harmless when repeated. The emptied file stays, to keep the count. */
  release(): void;
}

interface Owner {
  pid: number;
  start: string;
}

/** Each try that fails means that a rival got further, so with fewer rivals than this one of them wins. */
const TRIES_MAX = 20;

/** Takes the folder for this process, or throws `folder-held` naming the process that has it. */
export function acquireOwnerLock(dataDir: string): OwnerLock {
  const owner: Owner = { pid: process.pid, start: startOf(process.pid) ?? '' };
  const draft = join(dataDir, `owner.draft-${randomUUID()}`);
  writeFileSync(draft, JSON.stringify(owner), { mode: 0o600 });
  try {
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      const file = takeNext(dataDir, draft);
      if (file !== undefined) return { release: once(() => unless('ENOENT', () => truncateSync(file))) };
    }
  } finally {
    rmSync(draft);
  }
  throw new PostgresServerError('folder-held', `Several processes want the data folder ${dataDir} at this moment.`);
}

/** Returns our lock file, or undefined when a rival was quicker. */
function takeNext(dataDir: string, draft: string): string | undefined {
  const fileOf = (number: number) => join(dataDir, `owner.${number}.lock`);
  const last = Math.max(0, ...lockNumbers(dataDir));
  requireNoOwner(fileOf(last));
  const next = last + 1;
  if (unless('EEXIST', () => (linkSync(draft, fileOf(next)), true)) === undefined) return undefined;
  // A slow process can create a number that was passed and cleared away meanwhile.
  const numbers = lockNumbers(dataDir);
  if (Math.max(...numbers) > next) {
    rmSync(fileOf(next), { force: true });
    return undefined;
  }
  for (const number of numbers.filter((older) => older < next)) rmSync(fileOf(number), { force: true });
  return fileOf(next);
}

function lockNumbers(dataDir: string): number[] {
  return readdirSync(dataDir).flatMap((name) => /^owner\.(\d+)\.lock$/.exec(name)?.slice(1).map(Number) ?? []);
}

function requireNoOwner(file: string): void {
  const owner = parse(unless('ENOENT', () => readFileSync(file, 'utf8')) ?? '');
  if (owner === undefined || startOf(owner.pid) !== owner.start) return;
  throw new PostgresServerError(
    'folder-held',
    `The data folder is in use by process ${owner.pid} (${file}). ` +
      'Stop that process, or give this one a data folder of its own.',
  );
}

/** A file that was emptied by its owner, or torn by a power loss, names nobody. */
function parse(text: string): Owner | undefined {
  try {
    return JSON.parse(text) as Owner;
  } catch {
    return undefined;
  }
}

function unless<T>(code: string, act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === code) return undefined;
    throw error;
  }
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}

/**
 * One file per group with its master secret (mode 0600), and a tombstone once it was destroyed.
 * A new file is written whole and flushed under a name of its own, and then linked to its real name: a link fails where
 * one is already, so of two processes at once one wins and both use the winner's secret, and a crash leaves no half file.
 */
import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure, messageOf, type GroupId } from '@chatwarden/contracts';
import { MASTER_BYTES } from './derive-key.ts';

export interface MasterFiles {
  readOrMake(group: GroupId): Promise<Uint8Array>;
  /** Overwrites and removes the secret; from then on `readOrMake` rejects. Harmless when repeated. */
  destroy(group: GroupId): Promise<void>;
}

const GROUP_ID = /^g[0-9a-f]{16}$/;

export function createMasterFiles(dir: string): MasterFiles {
  const secretOf = (group: GroupId) => join(dir, `${nameOf(group)}.key`);
  const tombstoneOf = (group: GroupId) => join(dir, `${nameOf(group)}.destroyed`);

  async function refuseDestroyed(group: GroupId): Promise<void> {
    if (!(await exists(tombstoneOf(group)))) return;
    throw new Failure('keyDestroyed', 'never', { message: `the keys of group ${group} were destroyed` });
  }

  async function make(group: GroupId): Promise<void> {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const draft = join(dir, `.${nameOf(group)}.${randomBytes(6).toString('hex')}.draft`);
    try {
      await writeFlushed(draft, 'wx', randomBytes(MASTER_BYTES).toString('hex') + '\n');
      await link(draft, secretOf(group)).catch(unless('EEXIST'));
    } finally {
      await rm(draft, { force: true });
    }
    await flushFolder(dir);
  }

  async function readOrMake(group: GroupId): Promise<Uint8Array> {
    const file = secretOf(group);
    return withFolder(dir, async () => {
      await refuseDestroyed(group);
      if (!(await exists(file))) await make(group);
      const master = parseMaster(await readFile(file, 'utf8'), file);
      // The group may have been destroyed while its secret was being made.
      if (await exists(tombstoneOf(group))) await rm(file, { force: true });
      await refuseDestroyed(group);
      return master;
    });
  }

  async function destroy(group: GroupId): Promise<void> {
    const file = secretOf(group);
    return withFolder(dir, async () => {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      await writeFlushed(tombstoneOf(group), 'a', '');
      await flushFolder(dir);
      if (!(await exists(file))) return;
      await writeFlushed(file, 'r+', randomBytes(MASTER_BYTES).toString('hex'));
      await rm(file, { force: true });
      await flushFolder(dir);
    });
  }

  return { readOrMake, destroy };
}

/** The id becomes a file name. */
function nameOf(group: GroupId): string {
  if (!GROUP_ID.test(group)) throw new Error(`"${group}" is no group id`);
  return group;
}

function parseMaster(text: string, file: string): Uint8Array {
  if (/^[0-9a-f]{64}\n$/.test(text)) return Buffer.from(text.trim(), 'hex');
  throw new Failure('keyDamaged', 'never', { message: `${file} holds no key: put it back from a backup` });
}

async function withFolder<T>(dir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure) throw error;
    const message = `cannot use the keys folder ${dir}: ${messageOf(error)}`;
    throw new Failure('keysAway', 'later', { message, cause: error });
  }
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(unless('ENOENT'))) !== undefined;
}

async function writeFlushed(file: string, flags: 'wx' | 'r+' | 'a', text: string): Promise<void> {
  const handle = await open(file, flags, 0o600);
  try {
    await handle.write(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A new or removed name is durable only when its folder is. */
async function flushFolder(dir: string): Promise<void> {
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function unless(code: string): (error: unknown) => undefined {
  return (error) => {
    if ((error as NodeJS.ErrnoException).code === code) return undefined;
    throw error;
  };
}

/**
 * The KeyProvider of a folder: one file of 32 random bytes per group, from which the key of each purpose is derived.
 * A key is kept in memory from its first use on, until this process destroys it or is told that another one did.
 */
import type { GroupId, Key, KeyProvider, Purpose } from '@chatwarden/contracts';
import { deriveKey } from './derive-key.ts';
import { createMasterFiles } from './master-files.ts';

export interface FolderKeysOptions {
  /** Made with mode 0700 when it is not there. Belongs on another volume, and into other backups, than the database. */
  dir: string;
}

/**
 * Rejects with Failure `keyDestroyed` (never), `keyDamaged` (never) when a file does not hold a key, and `keysAway`
 * (later) when the folder cannot be read or written.
 */
export function createFolderKeys({ dir }: FolderKeysOptions): KeyProvider {
  const files = createMasterFiles(dir);
  const masters = new Map<GroupId, Promise<Uint8Array>>();
  const keys = new Map<string, Promise<Key>>();

  function masterOf(group: GroupId): Promise<Uint8Array> {
    return remembered(masters, group, () => files.readOrMake(group));
  }

  async function derived(group: GroupId, purpose: Purpose): Promise<Key> {
    return deriveKey(await masterOf(group), group, purpose);
  }

  function key(group: GroupId, purpose: Purpose): Promise<Key> {
    return remembered(keys, `${group} ${purpose}`, () => derived(group, purpose));
  }

  function forget(group: GroupId): void {
    masters.delete(group);
    for (const name of keys.keys()) if (name.startsWith(`${group} `)) keys.delete(name);
  }

  async function destroy(group: GroupId): Promise<void> {
    // Again afterwards: a key that was being read while its file was destroyed must not stay.
    forget(group);
    await files.destroy(group);
    forget(group);
  }

  return { key, forget, destroy };
}

/** A rejection is not remembered: the folder may come back. */
function remembered<T>(map: Map<string, Promise<T>>, name: string, make: () => Promise<T>): Promise<T> {
  const known = map.get(name);
  if (known) return known;
  const made = make();
  map.set(name, made);
  made.catch(() => {
    if (map.get(name) === made) map.delete(name);
  });
  return made;
}

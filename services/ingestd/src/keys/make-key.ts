import { randomBytes } from 'node:crypto';
import { sha256, type KeyEntry } from './key-ring.ts';

export interface NewKey {
  /** Shown once. */
  key: string;
  /** What the file of keys gets. */
  entry: KeyEntry;
}

export function makeKey(services: readonly string[], options: Pick<KeyEntry, 'moderation'> = {}): NewKey {
  const id = randomBytes(6).toString('hex');
  const key = `cwi_${id}_${randomBytes(32).toString('base64url')}`;
  return { key, entry: { id, sha256: sha256(key).toString('hex'), services: [...services], ...options } };
}

import { hkdfSync } from 'node:crypto';
import type { GroupId, Key, Purpose } from '@chatwarden/contracts';

export const MASTER_BYTES = 32;
const KEY_BYTES = 32;
const KEY_ID_BYTES = 4;

/**
 * HKDF-SHA256 (RFC 5869): the keys of two purposes tell nothing about each other, nor about the master. The key's id
 * is derived as well, so that it is the same in every process and tells nothing about the key.
 */
export function deriveKey(master: Uint8Array, group: GroupId, purpose: Purpose): Key {
  const derive = (label: string, bytes: number) =>
    new Uint8Array(hkdfSync('sha256', master, '', `chatwarden/${label}/${group}/${purpose}`, bytes));
  return { id: Buffer.from(derive('key-id', KEY_ID_BYTES)).toString('hex'), bytes: derive('key', KEY_BYTES) };
}

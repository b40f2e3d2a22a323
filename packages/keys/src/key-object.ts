import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Key } from '@chatwarden/contracts';

const known = new WeakMap<Key, KeyObject>();

/** Node takes in raw key bytes anew at each call, which costs several times what the hash itself does. */
export function keyObjectOf(key: Key): KeyObject {
  const made = known.get(key) ?? createSecretKey(key.bytes);
  known.set(key, made);
  return made;
}

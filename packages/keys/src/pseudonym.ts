/**
 * Names that only the holder of the group's key can make. HMAC-SHA256 cut to 128 bits, as 32 hex digits: whoever has
 * a list of Telegram ids cannot tell who is who without the key.
 */
import { createHmac } from 'node:crypto';
import type { Key, Pseudonym } from '@chatwarden/contracts';
import { keyObjectOf } from './key-object.ts';

/** `key` is the group's key for `pseudonym`; one person has another pseudonym in each group. */
export function pseudonymOf(key: Key, telegramId: number): Pseudonym {
  return keyedHash(key, String(telegramId));
}

/** `key` is the group's key for `digest`. Equal text gives an equal digest, and the digest tells nothing of the text. */
export function contentDigest(key: Key, text: string): string {
  return keyedHash(key, text);
}

function keyedHash(key: Key, text: string): string {
  return createHmac('sha256', keyObjectOf(key)).update(text).digest('hex').slice(0, 32);
}

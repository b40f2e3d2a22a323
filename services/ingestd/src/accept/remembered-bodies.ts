/**
 * A repeated Idempotency-Key must come with the same body, or two requests would share ids. Known for ten minutes, and
 * to the replica that answered the first: enough for a sender's retries. Only requests that were answered are remembered.
 */
import { hash } from 'node:crypto';
import type { Clock } from '@chatwarden/contracts';

export interface RememberedBodies {
  /** Whether the key came with another body before. */
  isReused(key: string, body: Buffer): boolean;
  remember(key: string, body: Buffer): void;
}

const REMEMBER_MS = 10 * 60_000;
/** About 2 MB. */
const KEYS_MAX = 10_000;

export function createRememberedBodies(clock: Pick<Clock, 'now'>): RememberedBodies {
  const known = new Map<string, { digest: string; until: number }>();
  const digestOf = (body: Buffer) => hash('sha256', body);

  function isReused(key: string, body: Buffer): boolean {
    const before = known.get(key);
    return before !== undefined && before.until > clock.now() && before.digest !== digestOf(body);
  }

  function remember(key: string, body: Buffer): void {
    known.delete(key);
    known.set(key, { digest: digestOf(body), until: clock.now() + REMEMBER_MS });
    const [oldest] = known.keys();
    if (known.size > KEYS_MAX && oldest !== undefined) known.delete(oldest);
  }

  return { isReused, remember };
}

/** Every key is looked at again once in a while, each at a moment of its own, so that they do not all come at once. */
import type { Clock } from '@chatwarden/contracts';
import type { WorkQueue } from './work-queue.ts';

export interface ResyncOptions {
  keys: () => readonly string[];
  /** 10 min. */
  everyMs?: number;
}

const EVERY_MS = 600_000;
/** Of the time between rounds: the last key of one comes before the next round begins. */
const ROUND_PART = 0.9;

interface Started extends ResyncOptions {
  clock: Clock;
  queue: Pick<WorkQueue, 'addAfter'>;
  signal: AbortSignal;
}

/** Resolves when the signal aborts. */
export async function startResync({ keys, everyMs = EVERY_MS, clock, queue, signal }: Started): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(everyMs, signal);
    if (signal.aborted) return;
    for (const key of keys()) queue.addAfter(key, phaseOf(key) * everyMs * ROUND_PART, 'resync');
  }
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
/** Of MurmurHash3's finalizer: without it, names that differ only at their end would be neighbours. */
const MIX = [0x85ebca6b, 0xc2b2ae35] as const;

/** 0 to 1, always the same for a key, and spread evenly over keys: FNV-1a, mixed. */
function phaseOf(key: string): number {
  let hash = FNV_OFFSET;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), FNV_PRIME);
  hash = Math.imul(hash ^ (hash >>> 16), MIX[0]);
  hash = Math.imul(hash ^ (hash >>> 13), MIX[1]);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

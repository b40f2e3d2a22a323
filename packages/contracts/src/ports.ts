/** Ports that more than one package implements or asks for. Bus, Store and LogStore stand in their own packages. */
import type { GroupId, Millis } from './ids.ts';

/** Where time comes from; tests turn it by hand. */
export interface Clock {
  now(): Millis;
  /** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** One key per purpose, so that what one of them names cannot be joined with another. */
export type Purpose = 'digest' | 'pseudonym' | 'seal';

export interface Key {
  /** Says which key sealed something, so that keys can be replaced. */
  id: string;
  bytes: Uint8Array;
}

export interface KeyProvider {
  /** Makes the group's key on first use. Rejects with Failure `keyDestroyed` (never) once the group was erased. */
  key(group: GroupId, purpose: Purpose): Promise<Key>;
  /** Another process destroyed the group's keys: what is remembered of them goes. */
  forget(group: GroupId): void;
  /** Destroying a group's keys makes everything sealed with them unreadable, backups included. */
  destroy(group: GroupId): Promise<void>;
}

export interface Lease {
  /**
   * Runs `run` while this holder has the lease; waits for it first. `epoch` rises with each holder; `lost` aborts when
   * the lease can no longer be counted on. Resolves when `run` does or `signal` aborts.
   */
  hold(name: string, run: (epoch: number, lost: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void>;
}

export interface DeadLetter {
  topic: string;
  group: string;
  recordId: string;
  reason: string;
  /** Without the text: ids and what is needed to find the record again. */
  at: Millis;
  /** Where the record itself stands, on a bus that keeps records. */
  source?: { partition: number; offset: string };
}

export interface DeadLetters {
  put(letters: readonly DeadLetter[]): Promise<void>;
}

/**
 * The Bus port. Every hop is at least once: `publish` resolves when the records are accepted and will be delivered,
 * or rejects. What only one adapter promises is in that adapter's own file and suite.
 */
import type { RecordOf, Topic } from '@chatwarden/contracts';

/** A record that its handler will never be able to use; it goes to dead letters, the rest of the batch goes on. */
export interface Refused {
  id: string;
  reason: string;
}

/**
 * Handles one batch, in order per key. A throw means: the same batch again. Failure.retry says when: `later` waits for
 * a dependency and never counts towards poison; after repeated `now` failures the batch is tried record by record and
 * only the failing record goes to dead letters; `never` sends it there at once.
 */
export type Handle<T extends Topic> = (
  batch: readonly RecordOf<T>[],
  delivery: Delivery,
) => Promise<readonly Refused[]>;

/** One try at one batch. */
export interface Delivery {
  /** Aborts when the bus can wait no longer. */
  signal: AbortSignal;
  /**
   * Adds to a counter that is kept with the position in the topic, where the adapter has one: both move together or
   * not at all. What a try counted before it threw is forgotten.
   */
  count(name: string, n: number): void;
}

export interface SubscriptionOptions<T extends Topic> {
  topic: T;
  /** Consumer group: each group sees every record, its members share them. */
  group: string;
  batchMax: number;
  handle: Handle<T>;
}

export interface Subscription {
  /** Finishes the batch in hand and leaves. */
  close(): Promise<void>;
}

export interface Bus {
  publish<T extends Topic>(topic: T, records: readonly RecordOf<T>[]): Promise<void>;
  subscribe<T extends Topic>(options: SubscriptionOptions<T>): Promise<Subscription>;
  close(): Promise<void>;
}

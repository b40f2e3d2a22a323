/**
 * One call of `publish` on its way: it owes each record to each group, and ends when nothing is owed any more, when its
 * deadline passes or when the bus closes. After its end nobody waits for its records.
 */
import { Failure, type Clock, type RecordOf, type Topic } from '@chatwarden/contracts';
import type { Item } from '../deliver.ts';

export interface Publishing {
  /** Settles with the call of `publish`. */
  readonly ended: Promise<void>;
  /** From inside a handler: it must be let through while the bus closes. */
  readonly nested: boolean;
  isWaiting(): boolean;
  paid(): void;
  withdraw(failure: Failure): void;
}

export interface OwedItem extends Item {
  readonly publishing: Publishing;
}

export interface PublishingOptions {
  topic: Topic;
  /** Records times groups. */
  owed: number;
  nested: boolean;
  clock: Clock;
  deadlineMs: number;
  /** Its records need no longer be kept. */
  onWithdrawn(): void;
}

export function createPublishing(options: PublishingOptions): Publishing {
  const { topic, clock, deadlineMs, nested, onWithdrawn } = options;
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
  const over = new AbortController();
  let owed = options.owed;

  function paid(): void {
    owed -= 1;
    if (owed > 0 || over.signal.aborted) return;
    over.abort();
    resolve();
  }

  function withdraw(failure: Failure): void {
    if (over.signal.aborted) return;
    over.abort();
    reject(failure);
    onWithdrawn();
  }

  const deadline = () => {
    if (!over.signal.aborted) withdraw(pastDeadline(topic, deadlineMs));
  };
  void clock.sleep(deadlineMs, over.signal).then(deadline);

  return { ended, nested, isWaiting: () => !over.signal.aborted, paid, withdraw };
}

export function toItems(records: readonly RecordOf<Topic>[], publishing: Publishing): OwedItem[] {
  return records.map((record) => ({ record, publishing }));
}

function pastDeadline(topic: Topic, deadlineMs: number): Failure {
  return new Failure('busDeadline', 'later', {
    message: `not every record for ${topic} was handled within ${deadlineMs} ms; publish them again`,
  });
}

export function busClosed(): Failure {
  return new Failure('busClosed', 'later', { message: 'the bus is closed' });
}

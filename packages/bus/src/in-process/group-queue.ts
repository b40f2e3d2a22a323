/**
 * What one consumer group has to handle of one topic: a queue in publish order and one batch in hand, so that order
 * holds per key. What waits coalesces into the next batch; members of the group take turns.
 */
import type { Topic, RecordOf } from '@chatwarden/contracts';
import type { Refused, Subscription } from '../bus.ts';
import { deliver, type DeliverOptions } from '../deliver.ts';
import { busClosed, type OwedItem } from './publishing.ts';

export interface Member {
  batchMax: number;
  handle(batch: readonly RecordOf<Topic>[]): Promise<readonly Refused[]>;
}

export interface BatchDone {
  topic: Topic;
  group: string;
  /** Records that were taken, however often they were tried. */
  size: number;
  /** From taking to settling, retries and all. */
  ms: number;
}

export interface GroupQueueOptions extends Pick<
  DeliverOptions<OwedItem>,
  'topic' | 'group' | 'deadLetters' | 'clock' | 'log' | 'attempts'
> {
  /** Aborts when the bus closes: what fails from then on is given back to its publisher. */
  closing: AbortSignal;
  onBatch?: ((batch: BatchDone) => void) | undefined;
}

export interface GroupQueue {
  join(member: Member): Subscription;
  /** Whether publishes owe this group anything: it has a member, or records that wait for one. */
  isAlive(): boolean;
  push(items: readonly OwedItem[]): void;
  /** Lets go of records that nobody waits for. */
  purge(): void;
  waiting(): readonly OwedItem[];
  /** The batch in hand and those that follow it; undefined when there is nothing to do. */
  working(): Promise<void> | undefined;
}

interface Seat extends Member {
  leaving: AbortController;
  stopRetrying: AbortSignal;
  inHand?: Promise<readonly OwedItem[]>;
}

export function createGroupQueue(options: GroupQueueOptions): GroupQueue {
  const { closing } = options;
  const seats: Seat[] = [];
  let waiting: OwedItem[] = [];
  let work: Promise<void> | undefined;

  function join(member: Member): Subscription {
    const leaving = new AbortController();
    const seat: Seat = { ...member, leaving, stopRetrying: AbortSignal.any([leaving.signal, closing]) };
    seats.push(seat);
    wake();
    return { close: () => leave(seat) };
  }

  async function leave(seat: Seat): Promise<void> {
    const index = seats.indexOf(seat);
    if (index >= 0) seats.splice(index, 1);
    seat.leaving.abort();
    await seat.inHand;
  }

  function nextSeat(): Seat | undefined {
    const seat = seats.shift();
    if (seat) seats.push(seat);
    return seat;
  }

  function wake(): void {
    work ??= handleAll();
  }

  async function handleAll(): Promise<void> {
    // What is published in the same moment becomes one batch.
    await Promise.resolve();
    for (let seat = nextSeat(); seat && waiting.length > 0; seat = nextSeat()) {
      const taken = waiting.splice(0, seat.batchMax);
      seat.inHand = handleBatch(taken, seat, options);
      giveBack(await seat.inHand);
    }
    work = undefined;
  }

  /** What a leaving member did not manage is next for another; what a closing bus did not is its publisher's again. */
  function giveBack(undone: readonly OwedItem[]): void {
    if (closing.aborted) undone.forEach((item) => item.publishing.withdraw(busClosed()));
    waiting.unshift(...undone.filter((item) => item.publishing.isWaiting()));
  }

  return {
    join,
    isAlive: () => seats.length > 0 || waiting.length > 0,
    push: (items) => {
      for (const item of items) waiting.push(item);
      wake();
    },
    purge: () => void (waiting = waiting.filter((item) => item.publishing.isWaiting())),
    waiting: () => waiting,
    working: () => work,
  };
}

/** Resolves to what is still undone. */
async function handleBatch(
  taken: readonly OwedItem[],
  { handle, stopRetrying }: Seat,
  options: GroupQueueOptions,
): Promise<readonly OwedItem[]> {
  const { topic, group, clock, onBatch } = options;
  const startedAt = clock.now();
  const undone = await deliver(taken, {
    ...options,
    handle,
    stopRetrying,
    isWanted: (item) => item.publishing.isWaiting(),
    onDone: (items) => items.forEach((item) => item.publishing.paid()),
  });
  onBatch?.({ topic, group, size: taken.length, ms: clock.now() - startedAt });
  return undone;
}

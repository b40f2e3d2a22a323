/**
 * Posts documents that the index refused again, once the cause is mended: those that were refused before it began, so
 * that what is refused again waits for the next replay. Documents that were indexed meanwhile are duplicates.
 */
import { Failure, type Clock } from '@chatwarden/contracts';
import type { Bus, Handle } from '@chatwarden/bus';

export interface ReplayDeps {
  bus: Pick<Bus, 'publish' | 'subscribe'>;
  /** Records of `logs.refused` that the group of the replay has not handled yet. */
  pending(): Promise<number>;
  clock: Clock;
  onReplayed?(documents: number): void;
}

export const REPLAY_GROUP = 'ingestd-replay';
const LOOK_MS = 500;

/** Resolves to the number of documents when all were handed on or the signal aborts. */
export async function replay({ bus, pending, clock, onReplayed }: ReplayDeps, signal: AbortSignal): Promise<number> {
  const startedAt = clock.now();
  const left = await pending();
  if (left === 0) return 0;
  let records = 0;
  let documents = 0;
  const done = new AbortController();
  const stop = AbortSignal.any([signal, done.signal]);

  const handle: Handle<'logs.refused'> = async ([chunk]) => {
    if (!chunk) return [];
    if (chunk.at >= startedAt) throw new Failure('refusedLater', 'later', { message: 'waits for the next replay' });
    const { id, service, day, ids, lines } = chunk;
    await bus.publish('logs', [{ id, service, day, ids, lines }]);
    records += 1;
    documents += chunk.ids.length;
    onReplayed?.(documents);
    if (records >= left) done.abort();
    return [];
  };

  // One record at a time, so that the position stands exactly before the first that is too new.
  const subscription = await bus.subscribe({ topic: 'logs.refused', group: REPLAY_GROUP, batchMax: 1, handle });
  try {
    while (!stop.aborted) {
      await clock.sleep(LOOK_MS, stop);
      // Retention may take records while we read.
      if (!stop.aborted && (await pending()) === 0) done.abort();
    }
  } finally {
    await subscription.close();
  }
  return documents;
}

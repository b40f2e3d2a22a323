/**
 * The role journal: writes verdicts and actions as documents, and one process of all keeps house: drops what is over
 * and counts closed hours.
 */
import { allowedMax } from '../config.ts';
import type { RoleDeps } from '../ports.ts';
import { createJournalActions, createJournalVerdicts } from './journal.ts';
import { keepRetention } from './retention.ts';
import { keepRollingUp } from './roll-up.ts';

/** One request to the door for each batch. */
const BATCH_MAX = 1000;
const GROUP = 'alertd-journal';

export async function startJournal({ ports, config, metrics }: RoleDeps): Promise<() => Promise<void>> {
  const { bus, logStore, door = logStore, source, tracer } = ports;
  const journal = { logStore: door, source, allowedMax: allowedMax(config), metrics, tracer };
  const subscriptions = [
    await bus.subscribe({ topic: 'actions', group: GROUP, batchMax: BATCH_MAX, handle: createJournalActions(journal) }),
    await bus.subscribe({
      topic: 'verdicts',
      group: GROUP,
      batchMax: BATCH_MAX,
      handle: createJournalVerdicts(journal),
    }),
  ];
  const stopping = new AbortController();
  const house = keepHouse({ ports, config, metrics }, stopping.signal);
  return async () => {
    stopping.abort();
    await house;
    for (const subscription of subscriptions.reverse()) await subscription.close();
  };
}

/** Doing it twice would be harmless, but who drops and counts should do so alone. */
async function keepHouse({ ports, config }: RoleDeps, signal: AbortSignal): Promise<void> {
  const { logStore, spanStore, store, clock, log, keepDays: days } = ports;
  while (!signal.aborted) {
    await store.lease.hold(
      'alertd-house',
      async (_epoch, lost) => {
        const until = AbortSignal.any([signal, lost]);
        await Promise.all([
          keepRetention({ logStore, spanStore, store, clock, log, days, historyDays: config.HISTORY_DAYS }, until),
          keepRollingUp({ logStore, hourCounts: store.hourCounts, clock, log }, until),
        ]);
      },
      signal,
    );
  }
}

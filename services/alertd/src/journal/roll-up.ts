/**
 * Counts closed hours from the documents, again and again for two days: documents come late when a dependency was away,
 * and an hour that is overwritten counts nothing twice. What is shown of an open hour is a hint; this is what stays.
 */
import { messageOf, type Clock, type Millis } from '@chatwarden/contracts';
import type { LogStore } from '@chatwarden/logstore';
import type { HourCounts, StoreLog } from '@chatwarden/store';

export interface RollUpDeps {
  logStore: Pick<LogStore, 'hourly'>;
  hourCounts: Pick<HourCounts, 'countedUntil' | 'overwrite'>;
  clock: Clock;
  log: StoreLog;
}

const HOUR_MS = 3_600_000;
const EVERY_MS = 600_000;
/** Longer than documents may wait to be indexed before the door refuses more: half the retention of topic `logs`. */
const LATE_MS = 48 * HOUR_MS;
/** Documents older than this are gone. */
const KEPT_MS = 7 * 24 * HOUR_MS;

export async function rollUp({ logStore, hourCounts }: RollUpDeps, now: Millis): Promise<void> {
  const until = Math.floor(now / HOUR_MS) * HOUR_MS;
  const countedUntil = Math.min(await hourCounts.countedUntil(), until);
  const from = Math.max(countedUntil - LATE_MS, until - KEPT_MS);
  await hourCounts.overwrite({ from, until }, await logStore.hourly({ from, to: until }));
}

export async function keepRollingUp(deps: RollUpDeps, signal: AbortSignal): Promise<void> {
  const { clock, log } = deps;
  while (!signal.aborted) {
    try {
      await rollUp(deps, clock.now());
    } catch (error) {
      log.warn({ err: error }, `hours are counted later, in ten minutes: ${messageOf(error)}`);
    }
    await clock.sleep(EVERY_MS, signal);
  }
}

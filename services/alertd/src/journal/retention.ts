/** Drops the days of the journal that are over, soon after midnight and at start. */
import { messageOf, type Clock } from '@chatwarden/contracts';
import type { Logger } from '@chatwarden/daemon';
import type { LogStore } from '@chatwarden/logstore';

export interface RetentionDeps {
  logStore: Pick<LogStore, 'dropOldDays'>;
  clock: Clock;
  log: Logger;
  /** Full days that are kept. */
  days: number;
}

const EVERY_MS = 3_600_000;

export async function keepRetention(deps: RetentionDeps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await dropOnce(deps);
    await deps.clock.sleep(EVERY_MS, signal);
  }
}

async function dropOnce({ logStore, clock, log, days }: RetentionDeps): Promise<void> {
  try {
    const dropped = await logStore.dropOldDays(clock.now(), days);
    if (dropped.length > 0) log.info({ days: dropped }, `dropped ${dropped.length} days of the journal`);
  } catch (error) {
    log.warn({ err: error }, `old days of the journal are still there: ${messageOf(error)}`);
  }
}

/** Drops what is over, soon after midnight UTC and at start: days of journal and evidence, details, sanctions, history. */
import { DELETABLE_FOR_MS, messageOf, type Clock, type Millis } from '@chatwarden/contracts';
import type { Logger } from '@chatwarden/daemon';
import type { LogStore, SpanStore } from '@chatwarden/logstore';
import type { Store } from '@chatwarden/store';

export interface RetentionDeps {
  logStore: Pick<LogStore, 'dropOldDays'>;
  /** Absent where no spans are kept. */
  spanStore?: Pick<SpanStore, 'dropOldSpans'> | undefined;
  store: {
    contexts: Pick<Store['contexts'], 'dropSightingsBefore'>;
    evidence: Pick<Store['evidence'], 'dropEvidenceBefore'>;
    purges: Pick<Store['purges'], 'purgeDetails' | 'purgeSanctions' | 'purgeHistory'>;
    hourCounts: Pick<Store['hourCounts'], 'dropBefore'>;
  };
  clock: Clock;
  log: Logger;
  /** Full days of journal, evidence and details that are kept. */
  days: number;
  /** Days for which offences and silent senders are remembered. */
  historyDays: number;
}

interface Step {
  what: string;
  /** Resolves to what went, in words for the log; null when nothing did. */
  run(deps: RetentionDeps, now: Millis): Promise<string | null>;
}

const EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;

const STEPS: readonly Step[] = [
  { what: 'days of the journal', run: ({ logStore, days }, now) => logStore.dropOldDays(now, days).then(list) },
  {
    what: 'days of spans',
    run: async ({ spanStore, days }, now) => list((await spanStore?.dropOldSpans(now, days)) ?? []),
  },
  {
    what: 'days of campaign sightings',
    run: ({ store }, now) => store.contexts.dropSightingsBefore(now - DELETABLE_FOR_MS).then(list),
  },
  {
    what: 'days of evidence',
    run: ({ store, days }, now) => store.evidence.dropEvidenceBefore(now - days * DAY_MS).then(list),
  },
  {
    what: 'details of decisions',
    run: ({ store, days }, now) => store.purges.purgeDetails(now - days * DAY_MS).then(rows),
  },
  { what: 'ended sanctions', run: ({ store }, now) => store.purges.purgeSanctions(now).then(rows) },
  {
    what: 'history',
    run: ({ store, historyDays }, now) => store.purges.purgeHistory(now - historyDays * DAY_MS).then(rows),
  },
  {
    what: 'counts of hours',
    run: ({ store, historyDays }, now) => store.hourCounts.dropBefore(now - historyDays * DAY_MS).then(rows),
  },
];

export async function keepRetention(deps: RetentionDeps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (const step of STEPS) await runOnce(step, deps);
    await deps.clock.sleep(EVERY_MS, signal);
  }
}

/** What could not be dropped now is tried again within the hour, and holds up nothing else. */
async function runOnce({ what, run }: Step, deps: RetentionDeps): Promise<void> {
  try {
    const gone = await run(deps, deps.clock.now());
    if (gone !== null) deps.log.info(`dropped ${what}: ${gone}`);
  } catch (error) {
    deps.log.warn({ err: error }, `${what} are still there, trying again in an hour: ${messageOf(error)}`);
  }
}

function list(days: readonly string[]): string | null {
  return days.length === 0 ? null : days.join(', ');
}

function rows(count: number): string | null {
  return count === 0 ? null : `${count} rows`;
}

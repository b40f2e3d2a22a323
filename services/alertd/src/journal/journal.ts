/** Writes what happened into the LogStore; a repeated record is a duplicate there and changes nothing. */
import { Failure, type ActionTaken, type LogEvent, type Verdict } from '@chatwarden/contracts';
import type { Handle, Refused } from '@chatwarden/bus';
import { NO_TRACING, type Tracer } from '@chatwarden/daemon';
import type { LogStore } from '@chatwarden/logstore';
import type { AlertdMetrics } from '../metrics.ts';
import { journalSpan } from '../spans.ts';
import { sample } from './sample.ts';
import { actionToLogEvent, verdictToLogEvent, type Source } from './to-log-event.ts';

export interface JournalDeps {
  logStore: Pick<LogStore, 'write'>;
  source: Source;
  allowedMax: number;
  metrics: AlertdMetrics;
  tracer?: Tracer | undefined;
}

export function createJournalVerdicts(deps: JournalDeps): Handle<'verdicts'> {
  return (verdicts) => {
    const kept = sample(verdicts, deps.allowedMax);
    return write(
      kept.map(({ verdict, weight }) => [verdict, verdictToLogEvent(verdict, weight, deps.source)]),
      deps,
    );
  };
}

export function createJournalActions(deps: JournalDeps): Handle<'actions'> {
  return (actions) =>
    write(
      actions.map((taken) => [taken, actionToLogEvent(taken, deps.source)]),
      deps,
    );
}

type Entry = readonly [record: Verdict | ActionTaken, event: LogEvent];

async function write(entries: readonly Entry[], deps: JournalDeps): Promise<readonly Refused[]> {
  if (entries.length === 0) return [];
  const { logStore, metrics, tracer = NO_TRACING } = deps;
  const batch = { startedAt: tracer.now(), size: entries.length };
  const outcomes = await logStore.write(entries.map(([, event]) => event));
  if (outcomes.length !== entries.length) {
    throw new Failure('logStoreShort', 'now', { message: `${outcomes.length} outcomes for ${entries.length} events` });
  }
  for (const [record] of entries) if (tracer.keeps(record.traceparent)) tracer.record(journalSpan(record, batch));
  const refused: Refused[] = [];
  for (const [index, outcome] of outcomes.entries()) {
    metrics.journalled.inc({ result: outcome.result });
    const record = entries[index]?.[0];
    if (outcome.result === 'refused' && record) refused.push({ id: record.id, reason: outcome.reason });
  }
  return refused;
}

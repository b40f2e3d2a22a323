/**
 * What kafkajs has to say, in our log. It calls an error what is everyday life of a cluster (a group that is just being
 * made, a rebalance, a broker that restarts) and repeats it with every try. The adapter itself says what matters, so
 * everyday lines are dropped, the rest are warnings, and one that repeats is told once a minute.
 */
import type { LogEntry } from 'kafkajs';
import type { BusLog } from '../../deliver.ts';

const REPEAT_MS = 60_000;
const REMEMBERED_MAX = 100;
const EVERYDAY =
  /rebalanc|re-joining|coordinator is (not available|loading)|not the correct coordinator|member id|unknown member|stale|metadata|leadership election|Response (Heartbeat|JoinGroup|SyncGroup|OffsetCommit|OffsetFetch|FindCoordinator|GroupCoordinator)/i;

export function quietLog(log: BusLog | undefined, now: () => number = Date.now): (entry: LogEntry) => void {
  const saidAt = new Map<string, number>();
  return ({ namespace, log: { message, timestamp: _timestamp, logger: _logger, ...fields } }) => {
    if (EVERYDAY.test(message) || EVERYDAY.test(errorOf(fields))) return;
    const line = `${namespace}: ${message}`;
    if (now() - (saidAt.get(line) ?? -REPEAT_MS) < REPEAT_MS) return;
    if (saidAt.size >= REMEMBERED_MAX) saidAt.clear();
    saidAt.set(line, now());
    log?.warn({ kafkajs: namespace, ...fields }, `kafkajs: ${message}`);
  };
}

function errorOf(fields: Record<string, unknown>): string {
  return typeof fields['error'] === 'string' ? fields['error'] : '';
}

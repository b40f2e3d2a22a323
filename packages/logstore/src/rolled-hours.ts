/** A LogStore whose closed hours come from counters: a month of a group is a few hundred rows, however much was said. */
import type { HourCounts } from '@chatwarden/store';
import type { LogStore } from './log-store.ts';

export function withRolledHours(logStore: LogStore, hourCounts: Pick<HourCounts, 'countedUntil' | 'read'>): LogStore {
  async function hourly(query: Parameters<LogStore['hourly']>[0]): ReturnType<LogStore['hourly']> {
    const until = Math.min(Math.max(await hourCounts.countedUntil(), query.from), query.to);
    const [counted, live] = await Promise.all([
      until > query.from ? hourCounts.read({ ...query, to: until }) : [],
      until < query.to ? logStore.hourly({ ...query, from: until }) : [],
    ]);
    return [...counted, ...live];
  }

  return { ...logStore, hourly };
}

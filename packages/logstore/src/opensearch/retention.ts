/** Days go by the names of their indices, which is what an operator sees, and needs no look into a document. */
import type { Millis } from '@chatwarden/contracts';
import { firstKeptDay } from '../days.ts';
import { dayOfIndex, logIndices } from '../documents.ts';
import type { LogStore } from '../log-store.ts';
import type { Ask } from './ask.ts';

/** A request's line may have 4096 bytes, and a name up to 90. */
const NAMES_PER_REQUEST = 40;

export function createRetention(ask: Ask, prefix: string): Pick<LogStore, 'dropOldDays' | 'overdueDays'> {
  async function overdue(now: Millis, days: number): Promise<{ index: string; day: string }[]> {
    const first = firstKeptDay(now, days);
    const path = `/_cat/indices/${logIndices(prefix)}?h=index&format=json&expand_wildcards=all`;
    const { body } = await ask({ method: 'GET', path });
    return (body as { index: string }[]).flatMap(({ index }) => {
      const day = dayOfIndex(index);
      return day !== undefined && day < first ? [{ index, day }] : [];
    });
  }

  async function dropOldDays(now: Millis, days: number): Promise<string[]> {
    const old = await overdue(now, days);
    for (let i = 0; i < old.length; i += NAMES_PER_REQUEST) {
      const names = old.slice(i, i + NAMES_PER_REQUEST).map(({ index }) => index);
      await ask({ method: 'DELETE', path: `/${names.join(',')}?ignore_unavailable=true` });
    }
    return daysOf(old);
  }

  return { dropOldDays, overdueDays: async (now, days) => daysOf(await overdue(now, days)) };
}

function daysOf(indices: readonly { day: string }[]): string[] {
  return [...new Set(indices.map(({ day }) => day))].sort();
}

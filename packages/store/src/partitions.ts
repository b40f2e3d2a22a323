/** Tables that are partitioned by UTC day: a day is made when its first row comes, and dropped whole. */
import type { Millis } from '@chatwarden/contracts';
import type { Sql } from './sql/sql.ts';

/** `YYYY-MM-DD`, UTC. */
export type Day = string;

export interface DayPartitions {
  ensure(days: readonly Day[]): Promise<void>;
  /** Drops every day before `day`, and resolves to those dropped. */
  dropBefore(day: Day): Promise<Day[]>;
}

export function createDayPartitions(sql: Sql, table: string): DayPartitions {
  const made = new Set<Day>();

  async function ensure(days: readonly Day[]): Promise<void> {
    for (const day of new Set(days)) {
      if (made.has(day)) continue;
      await sql.query('add_day', 'select add_day($1, $2::date)', [table, day]);
      made.add(day);
    }
  }

  async function dropBefore(day: Day): Promise<Day[]> {
    const text = 'select day::text as day from drop_days($1, $2::date) as day order by day';
    const dropped = await sql.query<{ day: Day }>('drop_days', text, [table, day]);
    for (const { day: gone } of dropped) made.delete(gone);
    return dropped.map((row) => row.day);
  }

  return { ensure, dropBefore };
}

export function dayOf(at: Millis): Day {
  return new Date(at).toISOString().slice(0, 10);
}

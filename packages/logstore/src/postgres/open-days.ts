/** Partitions are made when their first document comes. Making one twice, or at the same time elsewhere, is harmless. */
import type { Sql } from '@chatwarden/store';

export interface OpenDays {
  /** Resolves when each day has its partition. */
  ensure(days: Iterable<string>): Promise<void>;
  /** After days were dropped, here or by another process. */
  forget(): void;
}

export function createOpenDays(sql: Sql, table: 'journal' | 'span'): OpenDays {
  const open = new Set<string>();

  async function ensure(days: Iterable<string>): Promise<void> {
    for (const day of new Set(days)) {
      if (open.has(day)) continue;
      await sql.query(`${table}_add_day`, `select add_day('${table}', $1::date)`, [day]);
      open.add(day);
    }
  }

  return { ensure, forget: () => open.clear() };
}

/** Calls of a group on one day, counted by all processes together before each call is made. */
import type { GroupId, Millis } from '@chatwarden/contracts';
import type { LlmAsks } from './llm-ask.ts';
import { dayOf } from './partitions.ts';
import type { Sql } from './sql/sql.ts';

const SPEND = `
insert into llm_day as today (group_id, day, calls) values ($1, $2::date, 1)
on conflict (group_id, day) do update set calls = today.calls + 1 where today.calls < $3
returning calls`;

export function createLlmBudget(sql: Sql): Pick<LlmAsks, 'spendCall'> {
  async function spendCall(groupId: GroupId, at: Millis, max: number): Promise<{ left: number } | 'spent'> {
    if (max <= 0) return 'spent';
    const [row] = await sql.query<{ calls: number }>('llm_spend', SPEND, [groupId, dayOf(at), max]);
    return row ? { left: max - row.calls } : 'spent';
  }

  return { spendCall };
}

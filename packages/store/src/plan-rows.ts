/** How actions enter the ledger, whatever planned them: a part of the statement that also writes their cause. */

/**
 * Two parts of a `with` list that write what the relation `source` (action jsonb, nth) holds, in the order of `nth`: the
 * lanes that are not there yet, and the rows that are not there yet.
 */
export function planRowsOf(source: string): string {
  return `
lane_made as (
  insert into lane (bot_id, chat_id, group_id)
  select distinct on (1, 2) (action->>'botId')::bigint, (action->>'chatId')::bigint, action->>'groupId'
  from ${source} order by 1, 2
  on conflict do nothing
), action_made as (
  insert into action (id, group_id, bot_id, chat_id, not_before, action)
  select (action->>'id')::uuid, action->>'groupId', (action->>'botId')::bigint, (action->>'chatId')::bigint,
    coalesce((action->>'notBefore')::bigint, 0), action
  from ${source} order by nth
  on conflict do nothing
)`;
}

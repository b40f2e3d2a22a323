/** How actions enter the ledger, whatever planned them: a part of the statement that also writes their cause. */

/**
 * Parts of a `with` list that write what the relation `source` (action jsonb, nth) holds, in the order of `nth`: the
 * lanes that are not there yet, the rows that are not there yet, and whom they sanction or pardon.
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
), sanction_made as (
  insert into sanction (group_id, sender, action_id, kind, until, target)
  select distinct on (1, 2) action->>'groupId', (action->'target'->>'key')::uuid, (action->>'id')::uuid, action->>'kind',
    (action->>'until')::bigint, action->'target'
  from ${source} where action->>'kind' in ('ban', 'restrict') order by 1, 2, nth desc
  on conflict (group_id, sender) do update
    set action_id = excluded.action_id, kind = excluded.kind, until = excluded.until, target = excluded.target
), sanction_lifted as (
  delete from sanction using ${source}
  where sanction.group_id = action->>'groupId' and sanction.sender = (action->'target'->>'key')::uuid
    and action->>'kind' in ('unban', 'unrestrict')
)`;
}

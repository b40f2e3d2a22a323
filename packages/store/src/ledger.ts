/**
 * The rows of the ledger: planned, sending, done or failed, told. Taking rows and recording outcomes lock the lane
 * first, at the caller's epoch: while one of them runs nobody claims the lane, and a former holder gets nothing.
 */
import type { Action, Id } from '@chatwarden/contracts';
import { createLanes } from './lanes.ts';
import { planRowsOf } from './plan-rows.ts';
import type { Sql } from './sql/sql.ts';
import { toJson } from './sql/to-json.ts';
import type { Holder, Lane, Ledger, LedgerRow, OutcomeRow, Told } from './store.ts';

const PLAN = `
with planned as (
  select action, nth from jsonb_array_elements($1::jsonb) with ordinality as element(action, nth)
), ${planRowsOf('planned')}
select`;

/** Rows that this very epoch has in `sending` are being carried out now and are not taken twice. */
const TAKE = `
with held as (
  update lane set expires_at = $4 + $5::bigint
  where bot_id = $1 and chat_id = $2 and epoch = $3 and holder = $6
  returning true as is_held
), due as (
  select id, state from action
  where exists (select from held) and bot_id = $1 and chat_id = $2 and ended_at is null and not_before <= $4
    and (state = 'planned' or sent_epoch < $3)
  order by position limit $7
), taken as (
  update action set state = 'sending', tries = tries + 1, sent_epoch = $3
  from due where action.id = due.id
  returning action.position, action.action, action.tries, due.state = 'sending' as was_sending
)
select taken.action, taken.tries, taken.was_sending as "wasSending"
from held left join taken on true order by taken.position`;

const RECORD = `
with held as (
  select from lane where bot_id = $1 and chat_id = $2 and epoch = $3 and holder is not null for update
), given as (
  select * from jsonb_to_recordset($4::jsonb) as item("actionId" uuid, outcome jsonb, at bigint, "notBefore" bigint)
), recorded as (
  update action set
    state = case
      when given.outcome is null then 'planned'
      when given.outcome->>'result' = 'failed' then 'failed'
      else 'done' end,
    outcome = given.outcome, ended_at = given.at, not_before = coalesce(given."notBefore", not_before)
  from given
  where action.id = given."actionId" and exists (select from held)
    and bot_id = $1 and chat_id = $2 and ended_at is null
  returning action.id, action.outcome
), never_began as (
  delete from sanction using recorded where action_id = recorded.id and recorded.outcome->>'result' <> 'done'
)
select exists (select from held) as "isHeld"`;

const UNTOLD = `
select action, outcome, tries, ended_at as "takenAt"
from action where ended_at is not null and told_at is null order by position limit $1`;
const MARK_TOLD = `
update action set told_at = $2 where id = any($1::uuid[]) and ended_at is not null and told_at is null`;

const COUNT = `select state, count(*) as rows from action group by state`;

export function createLedger(sql: Sql, now: () => number): Ledger {
  async function planActions(actions: readonly Action[]): Promise<void> {
    if (actions.length > 0) await sql.query('ledger_plan', PLAN, [toJson(actions)]);
  }

  async function takeActions(lane: Lane, holder: Holder, limit: number): Promise<LedgerRow[] | 'lostLane'> {
    const values = [lane.botId, lane.chatId, lane.epoch, holder.now, holder.leaseMs, holder.name, limit];
    const rows = await sql.query<LedgerRow | { action: null }>('ledger_take', TAKE, values);
    if (rows.length === 0) return 'lostLane';
    return rows.filter((row): row is LedgerRow => row.action !== null);
  }

  async function recordOutcomes(lane: Lane, outcomes: readonly OutcomeRow[]): Promise<'recorded' | 'lostLane'> {
    const values = [lane.botId, lane.chatId, lane.epoch, toJson(outcomes)];
    const [answer] = await sql.query<{ isHeld: boolean }>('ledger_record', RECORD, values);
    return answer?.isHeld ? 'recorded' : 'lostLane';
  }

  async function untold(n: number): Promise<Told[]> {
    return sql.query<Told>('ledger_untold', UNTOLD, [n]);
  }

  async function markTold(ids: readonly Id[]): Promise<void> {
    if (ids.length > 0) await sql.query('ledger_told', MARK_TOLD, [ids, now()]);
  }

  async function countByState(): ReturnType<Ledger['countByState']> {
    const counted = { planned: 0, sending: 0, done: 0, failed: 0 };
    const rows = await sql.query<{ state: keyof typeof counted; rows: number }>('ledger_count', COUNT, []);
    for (const { state, rows: count } of rows) counted[state] = count;
    return counted;
  }

  return { planActions, ...createLanes(sql), takeActions, recordOutcomes, untold, markTold, countByState };
}

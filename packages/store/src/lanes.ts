/**
 * Lanes: who may work on which chat. A claim raises the lane's epoch, and whatever a former holder still sends names
 * an epoch that is not the lane's any more. Time is the caller's (`Holder.now`): holders of one database are expected
 * to agree on it well within `leaseMs`.
 */
import type { Millis } from '@chatwarden/contracts';
import type { Sql } from './sql/sql.ts';
import type { Holder, Lane, Ledger } from './store.ts';

/**
 * Lanes with open rows are found by stepping from one to the next in the index of open rows: the cost is their number,
 * however many rows wait in each. The lane that waits longest comes first.
 */
const CLAIM = `
with recursive waiting as (
  (select bot_id, chat_id, position from action where ended_at is null order by bot_id, chat_id, position limit 1)
  union all
  select next.* from waiting, lateral (
    select bot_id, chat_id, position from action
    where ended_at is null and (bot_id, chat_id) > (waiting.bot_id, waiting.chat_id)
    order by bot_id, chat_id, position limit 1
  ) next
), chosen as (
  select l.bot_id, l.chat_id from waiting join lane l using (bot_id, chat_id)
  where (l.holder is null or l.expires_at <= $2) and l.blocked_until <= $2 and ($5::bigint is null or l.bot_id = $5)
    and exists (
      select from action a
      where a.ended_at is null and a.bot_id = l.bot_id and a.chat_id = l.chat_id and a.not_before <= $2
    )
  order by waiting.position limit $1
  for update of l skip locked
)
update lane set epoch = epoch + 1, holder = $3, expires_at = $2 + $4::bigint
from chosen where lane.bot_id = chosen.bot_id and lane.chat_id = chosen.chat_id
returning lane.chat_id as "chatId", lane.bot_id as "botId", lane.group_id as "groupId", lane.epoch`;

const FREE = `update lane set holder = null where holder = $1`;
const RELEASE = `update lane set holder = null where bot_id = $1 and chat_id = $2 and epoch = $3`;
const RETRY_NOW = `
update action set not_before = coalesce((action->>'notBefore')::bigint, 0)
where bot_id = $1 and chat_id = $2 and ended_at is null and tries > 0`;
const BLOCK = `
update lane set blocked_until = greatest(blocked_until, $4) where bot_id = $1 and chat_id = $2 and epoch = $3`;

/** A row waits for its own time, for its lane's pause, and for whoever holds the lane. */
const NEXT_DUE = `
select min(greatest(a.not_before, l.blocked_until, case when l.holder is null then 0 else l.expires_at end, $1)) as due
from action a join lane l using (bot_id, chat_id) where a.ended_at is null`;

type Lanes = Pick<Ledger, 'claimLanes' | 'freeLanes' | 'blockLane' | 'releaseLane' | 'retryNow' | 'nextDue'>;

export function createLanes(sql: Sql): Lanes {
  async function claimLanes(n: number, { name, now, leaseMs, botId }: Holder): Promise<Lane[]> {
    return sql.query<Lane>('lane_claim', CLAIM, [n, now, name, leaseMs, botId ?? null]);
  }

  async function freeLanes(holderName: string): Promise<void> {
    await sql.query('lane_free', FREE, [holderName]);
  }

  async function blockLane({ botId, chatId, epoch }: Lane, until: Millis): Promise<void> {
    await sql.query('lane_block', BLOCK, [botId, chatId, epoch, until]);
  }

  async function releaseLane({ botId, chatId, epoch }: Lane): Promise<void> {
    await sql.query('lane_release', RELEASE, [botId, chatId, epoch]);
  }

  async function retryNow(botId: number, chatId: number): Promise<void> {
    await sql.query('lane_retry_now', RETRY_NOW, [botId, chatId]);
  }

  async function nextDue(now: Millis): Promise<Millis | null> {
    const [row] = await sql.query<{ due: Millis | null }>('lane_next_due', NEXT_DUE, [now]);
    return row?.due ?? null;
  }

  return { claimLanes, freeLanes, blockLane, releaseLane, retryNow, nextDue };
}

/**
 * Questions to a language model, claimed for a while like lanes are. A claim that its holder does not bring to an end
 * expires, and the next one asks again; what is written in the end is written once, by whoever comes first.
 */
import type { GroupId, Id, Millis, Verdict } from '@chatwarden/contracts';
import { createLlmBudget } from './llm-budget.ts';
import type { Sql } from './sql/sql.ts';
import { toJson } from './sql/to-json.ts';
import type { LlmAsk, LlmAsks, LlmClaim, LlmOpinion, LlmResult } from './llm-ask.ts';

const ADD = `
insert into llm_ask (event_id, verdict_id, group_id, sender_key, asked_at, verdict)
select distinct on (1) (v->>'eventId')::uuid, (v->>'id')::uuid, v->>'groupId', (v->'sender'->>'key')::uuid,
  (v->>'judgedAt')::bigint, v
from jsonb_array_elements($1::jsonb) as v order by 1
on conflict do nothing`;

/** Claims are made one after the other, so that each sees what the last one took: a group's share holds for all. */
const LOCK = `select pg_advisory_xact_lock(hashtext('llm_ask'))`;
/**
 * Newest first: where there are more questions than calls, the ones that are answered still matter. A row waits for the
 * decision it belongs to, which may have been won by another judgement of the event; then it waits until it expires.
 */
const CLAIM = `
with busy as (
  select group_id, count(*) as n from llm_ask where state <> 'closed' and claimed_until > $1 group by group_id
), waiting as (
  select a.event_id, row_number() over (partition by a.group_id order by a.asked_at desc, a.event_id)
    + coalesce(busy.n, 0) as place
  from llm_ask a left join busy using (group_id)
  join decision d on d.event_id = a.event_id and d.stage = 'detect' and d.verdict_id = a.verdict_id and d.band = 'ask'
  where a.state <> 'closed' and a.claimed_until <= $1 and a.not_before <= $1
), picked as (
  select event_id from llm_ask
  where event_id in (select event_id from waiting where place <= $3 order by place, event_id limit $2)
  for update skip locked
)
update llm_ask a set claimed_until = $4, tries = tries + case state when 'open' then 1 else 0 end
from picked where a.event_id = picked.event_id
returning a.verdict, a.tries, a.spam, a.confidence, a.answered_at as "answeredAt"`;

/** A person's word ends the question, and so does the end of its card. */
const IS_DECIDED = `(
  exists (select from decision d where d.event_id = a.event_id and d.corrected is not null)
  or exists (select from card c where c.event_id = a.event_id and c.state = 'closed')
)`;

const CLOSE_DECIDED = `
update llm_ask a set state = 'closed', result = 'decided'
where a.event_id = any($1::uuid[]) and a.state <> 'closed' and ${IS_DECIDED}
returning a.event_id as id`;

const RECORD = `
update llm_ask a set state = case when $2 then 'escalating' else 'closed' end, result = case when $2 then null else 'noted' end,
  spam = $3, confidence = $4, answered_at = $5, prompt_version = $6, sealed_reason = $7, question = $8
where a.event_id = $1 and a.state = 'open' and not ${IS_DECIDED}
returning 1`;

const CLOSE = `
update llm_ask set state = 'closed', result = $2 where event_id = $1 and state <> 'closed'`;
const CLOSE_ESCALATED = `
update llm_ask a set state = case when made then 'closed' else state end, claimed_until = 0, not_before = $2,
  result = case when made then 'escalated' else null end
from (select exists (select from decision where event_id = $1 and stage = 'llm') as made) d
where a.event_id = $1 and a.state = 'escalating'
returning made`;
const PUT_OFF = `
update llm_ask set claimed_until = 0, not_before = $2 where event_id = $1 and state <> 'closed'`;
/** Also one that is claimed: its holder finds it closed. */
const EXPIRE = `
update llm_ask set state = 'closed', result = 'expired' where state <> 'closed' and asked_at < $1 returning 1`;
const FIND = `
select spam, confidence from llm_ask
where group_id = $1 and question = $2 and answered_at >= $3
order by answered_at desc limit 1`;
const WAITING = `select count(*) as n from llm_ask where state <> 'closed'`;

interface ClaimedRow {
  verdict: Verdict;
  tries: number;
  spam: boolean | null;
  confidence: number | null;
  answeredAt: number | null;
}

export function createLlmAsks(sql: Sql): LlmAsks {
  async function addAsks(verdicts: readonly Verdict[]): Promise<void> {
    if (verdicts.length > 0) await sql.query('llm_add', ADD, [toJson(verdicts)]);
  }

  async function claimAsks({ now, limit, perGroup, leaseMs }: LlmClaim): Promise<LlmAsk[]> {
    const rows = await sql.transaction(async (statements) => {
      await statements.query('llm_lock', LOCK, []);
      return statements.query<ClaimedRow>('llm_claim', CLAIM, [now, limit, perGroup, now + leaseMs]);
    });
    if (rows.length === 0) return [];
    const ids = rows.map(({ verdict }) => verdict.eventId);
    const decided = await sql.query<{ id: Id }>('llm_decided', CLOSE_DECIDED, [ids]);
    const gone = new Set(decided.map(({ id }) => id));
    return rows.filter(({ verdict }) => !gone.has(verdict.eventId)).map(toAsk);
  }

  async function recordOpinion(eventId: Id, opinion: LlmOpinion): Promise<'recorded' | 'closed'> {
    const { escalates, spam, confidence, answeredAt, promptVersion, sealedReason = null, question } = opinion;
    const values = [eventId, escalates, spam, confidence, answeredAt, promptVersion, sealedReason, question];
    if ((await sql.query('llm_record', RECORD, values)).length > 0) return 'recorded';
    await sql.query('llm_decided', CLOSE_DECIDED, [[eventId]]);
    return 'closed';
  }

  async function closeAsk(eventId: Id, result: LlmResult): Promise<void> {
    await sql.query('llm_close', CLOSE, [eventId, result]);
  }

  async function closeEscalated(eventId: Id, again: Millis): Promise<'decided' | 'undecided'> {
    const [row] = await sql.query<{ made: boolean }>('llm_close_escalated', CLOSE_ESCALATED, [eventId, again]);
    return row?.made ? 'decided' : 'undecided';
  }

  async function putOffAsk(eventId: Id, until: Millis): Promise<void> {
    await sql.query('llm_put_off', PUT_OFF, [eventId, until]);
  }

  async function expireAsks(before: Millis): Promise<number> {
    return (await sql.query('llm_expire', EXPIRE, [before])).length;
  }

  async function findOpinion(groupId: GroupId, question: Id, since: Millis) {
    const [row] = await sql.query<Pick<LlmOpinion, 'spam' | 'confidence'>>('llm_find', FIND, [
      groupId,
      question,
      since,
    ]);
    return row ?? null;
  }

  async function countWaiting(): Promise<number> {
    const [row] = await sql.query<{ n: number }>('llm_waiting', WAITING, []);
    return row?.n ?? 0;
  }

  return {
    addAsks,
    claimAsks,
    recordOpinion,
    closeAsk,
    closeEscalated,
    putOffAsk,
    expireAsks,
    findOpinion,
    countWaiting,
    ...createLlmBudget(sql),
  };
}

function toAsk({ verdict, tries, spam, confidence, answeredAt }: ClaimedRow): LlmAsk {
  if (spam === null || confidence === null || answeredAt === null) return { verdict, tries };
  return { verdict, tries, opinion: { spam, confidence, answeredAt } };
}

import type { Decision, Id } from '@chatwarden/contracts';
import { planRowsOf } from './plan-rows.ts';
import type { Sql } from './sql/sql.ts';
import { toJson } from './sql/to-json.ts';
import type { Decisions } from './store.ts';

/**
 * One statement, and so one transaction. Everything hangs on the decisions that were inserted: who repeats the call, or
 * comes second, inserts none and so writes nothing. Decisions are inserted in the order of their key, so that two
 * callers with the same ones wait for each other and never deadlock; actions in the order that the caller gave. What a
 * language model says comes too late where a person has spoken.
 */
const COMMIT = `
with given as (
  select decision, nth, (decision->>'eventId')::uuid as event_id, decision->>'stage' as stage
  from jsonb_array_elements($1::jsonb) with ordinality as item(decision, nth)
), won as (
  insert into decision (event_id, stage, verdict_id, group_id, message_id, band, mode, sender_key, occurred_at,
    decided_at, offence, decision)
  select event_id, stage, (decision->>'verdictId')::uuid, decision->>'groupId', (decision->>'messageId')::bigint,
    decision->>'band', decision->>'mode', (decision->>'senderKey')::uuid, (decision->>'occurredAt')::bigint,
    (decision->>'decidedAt')::bigint, decision->>'band' = 'act', decision
  from given
  where stage <> 'llm' or not exists (
    select from decision d where d.event_id = given.event_id and d.corrected is not null
  )
  order by event_id, stage
  on conflict (event_id, stage) do nothing
  returning event_id, stage, verdict_id
), planned as (
  select given.decision, element.action, row_number() over (order by given.nth, element.nth) as nth
  from won join given using (event_id, stage),
    jsonb_array_elements(given.decision->'actions') with ordinality as element(action, nth)
  where given.decision->>'mode' = 'enforce'
), card_made as (
  insert into card (id, group_id, bot_id, chat_id, event_id, verdict_id, message_id, sender_key, sender_as,
    sender_sealed, traceparent, made_at)
  select (action->'target'->>'cardId')::uuid, decision->>'groupId', (decision->>'botId')::bigint,
    (decision->>'chatId')::bigint, (decision->>'eventId')::uuid, (decision->>'verdictId')::uuid,
    (decision->>'messageId')::bigint, (decision->>'senderKey')::uuid, decision->>'senderAs',
    decision->>'senderSealed', decision->>'traceparent', (decision->>'decidedAt')::bigint
  from planned where action->>'kind' = 'postCard' order by 1
  on conflict do nothing
), ${planRowsOf('planned')}
select verdict_id as id from won`;

const FIND_BY_MESSAGE = `
select decision from decision where group_id = $1 and message_id = $2 and decision is not null order by decided_at desc, stage limit 1`;
const FIND_BY_EVENT = `
select decision from decision where event_id = $1 and decision is not null order by decided_at desc, stage limit 1`;
const LIST = `
select decision from decision where group_id = $1 and decided_at < $2 and decision is not null order by decided_at desc limit $3`;

const FOR_EVER = Number.MAX_SAFE_INTEGER;

interface DecisionRow {
  decision: Decision;
}

export function createDecisions(sql: Sql): Decisions {
  async function commitDecisions(decisions: readonly Decision[]): Promise<{ won: Id[] }> {
    if (decisions.length === 0) return { won: [] };
    const rows = await sql.query<{ id: Id }>('decision_commit', COMMIT, [toJson(firstOfEach(decisions))]);
    return { won: rows.map((row) => row.id) };
  }

  async function findDecision(by: Parameters<Decisions['findDecision']>[0]): Promise<Decision | null> {
    const [row] =
      'eventId' in by
        ? await sql.query<DecisionRow>('decision_of_event', FIND_BY_EVENT, [by.eventId])
        : await sql.query<DecisionRow>('decision_of_message', FIND_BY_MESSAGE, [by.groupId, by.messageId]);
    return row?.decision ?? null;
  }

  async function listDecisions({ groupId, before = FOR_EVER, limit }: Parameters<Decisions['listDecisions']>[0]) {
    const rows = await sql.query<DecisionRow>('decision_list', LIST, [groupId, before, limit]);
    return rows.map((row) => row.decision);
  }

  return { commitDecisions, findDecision, listDecisions };
}

function firstOfEach(decisions: readonly Decision[]): Decision[] {
  const first = new Map<string, Decision>();
  for (const decision of decisions) {
    const key = `${decision.eventId} ${decision.stage}`;
    if (!first.has(key)) first.set(key, decision);
  }
  return [...first.values()];
}

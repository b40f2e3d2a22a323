import type { Action, Correction, Id, Standing } from '@chatwarden/contracts';
import { planRowsOf } from './plan-rows.ts';
import type { Sql } from './sql/sql.ts';
import { toJson } from './sql/to-json.ts';
import type { Corrections } from './store.ts';

/** Moderators who speak on one message at once are heard one after the other. */
const LOCK = `select pg_advisory_xact_lock(hashtextextended($1, 0))`;
const NEWEST = `
select label from correction where group_id = $1 and message_id = $2 order by position desc limit 1`;

const COMMIT = `
with given as (
  select c->>'groupId' as group_id, (c->>'messageId')::bigint as message_id, c->>'label' as label,
    (c->>'senderKey')::uuid as sender, (c->>'at')::bigint as at, c
  from (select $1::jsonb as c) one
), correction_made as (
  insert into correction (id, group_id, message_id, label, correction)
  select (c->>'id')::uuid, group_id, message_id, label, c from given
), standing_set as (
  insert into sender_standing (group_id, sender, standing, decided_at)
  select group_id, sender, $2, at from given
  on conflict (group_id, sender) do update set standing = excluded.standing, decided_at = excluded.decided_at
), decision_marked as (
  update decision d set corrected = given.label, offence = given.label = 'spam'
  from given where d.group_id = given.group_id and d.message_id = given.message_id
), card_closed as (
  update card set state = 'closed'
  from given where card.group_id = given.group_id and card.message_id = given.message_id and card.state <> 'closed'
), planned as (
  select action, nth from jsonb_array_elements($3::jsonb) with ordinality as element(action, nth)
), ${planRowsOf('planned')}
select`;

const UNTOLD = `select correction from correction where told_at is null order by position limit $1`;
const MARK_TOLD = `update correction set told_at = $2 where id = any($1::uuid[]) and told_at is null`;

export function createCorrections(sql: Sql, now: () => number): Corrections {
  async function commitCorrection(correction: Correction, standing: Standing, actions: readonly Action[]) {
    const { groupId, messageId, label } = correction;
    return sql.transaction(async (statements) => {
      await statements.query('correction_lock', LOCK, [`correction ${groupId} ${messageId}`]);
      const newest = await statements.query<{ label: string }>('correction_newest', NEWEST, [groupId, messageId]);
      if (newest[0]?.label === label) return 'already';
      await statements.query('correction_commit', COMMIT, [toJson(correction), standing, toJson(actions)]);
      return 'committed';
    });
  }

  async function untoldCorrections(n: number): Promise<Correction[]> {
    const rows = await sql.query<{ correction: Correction }>('correction_untold', UNTOLD, [n]);
    return rows.map((row) => row.correction);
  }

  async function markCorrectionsTold(ids: readonly Id[]): Promise<void> {
    if (ids.length > 0) await sql.query('correction_told', MARK_TOLD, [ids, now()]);
  }

  return { commitCorrection, untoldCorrections, markCorrectionsTold };
}

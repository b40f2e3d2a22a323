/**
 * What is kept about one person, and its end. A person is named by her pseudonym in each group. While a sanction of hers
 * is in force its row, her offences and what moderators said of her stay in that group: forgetting is no way around a ban.
 */
import type { Millis } from '@chatwarden/contracts';
import type { Sql } from './sql/sql.ts';
import type { PersonKey, PersonRecord, Persons } from './store.ts';

const EVIDENCE_MAX = 5;

const FIND = `
select k.group_id as "groupId", g.title, c.first_seen_at as "firstSeenAt", c.allowed_count as "allowedCount",
  coalesce(st.standing, 'none') as standing, d.decisions, e.evidence,
  case when sa.kind is null then null else jsonb_build_object('kind', sa.kind, 'until', sa.until) end as sanction
from unnest($1::text[], $2::uuid[]) as k(group_id, sender)
join chat_group g on g.group_id = k.group_id
left join lateral (
  select (context->>'firstSeenAt')::bigint as first_seen_at, (context->>'allowedCount')::integer as allowed_count
  from sender_context where group_id = k.group_id and sender = k.sender
) c on true
left join sender_standing st on st.group_id = k.group_id and st.sender = k.sender
left join sanction sa on sa.group_id = k.group_id and sa.sender = k.sender and (sa.until is null or sa.until > $3)
cross join lateral (
  select count(*) as decisions from decision where group_id = k.group_id and sender_key = k.sender
) d
cross join lateral (
  select coalesce(jsonb_agg(one), '[]'::jsonb) as evidence from (
    select replace(e.verdict_id::text, '-', '') as "verdictId", e.at, encode(e.sealed, 'base64') as sealed
    from decision d join evidence e on e.verdict_id = d.verdict_id
    where d.group_id = k.group_id and d.sender_key = k.sender
    order by e.at desc limit ${EVIDENCE_MAX}
  ) one
) e
where c.first_seen_at is not null or st.standing is not null or sa.kind is not null or d.decisions > 0
order by g.title, k.group_id`;

/** Everything hangs on who of the given ones is free, that is under no sanction in force. */
const FORGET = `
with person as (
  select k.group_id, k.sender, sa.kind is null as is_free
  from unnest($1::text[], $2::uuid[]) as k(group_id, sender)
  left join sanction sa on sa.group_id = k.group_id and sa.sender = k.sender and (sa.until is null or sa.until > $3)
), told as (
  delete from evidence e using decision d, person p
  where d.group_id = p.group_id and d.sender_key = p.sender and e.verdict_id = d.verdict_id
  returning p.group_id
), history as (
  delete from sender_context c using person p where c.group_id = p.group_id and c.sender = p.sender
  returning p.group_id
), sighted as (
  delete from campaign_sighting s using person p where s.group_id = p.group_id and s.sender = p.sender
  returning p.group_id
), opinion as (
  delete from sender_standing s using person p where p.is_free and s.group_id = p.group_id and s.sender = p.sender
  returning p.group_id
), decided as (
  update decision d set decision = null, message_id = null, offence = d.offence and not p.is_free,
    sender_key = case when p.is_free then '${'0'.repeat(32)}'::uuid else d.sender_key end
  from person p where d.group_id = p.group_id and d.sender_key = p.sender
  returning p.group_id
), said as (
  delete from correction c using person p
  where c.group_id = p.group_id and c.correction->>'senderKey' = replace(p.sender::text, '-', '')
    and c.told_at is not null
  returning p.group_id
), asked as (
  delete from card c using person p
  where c.group_id = p.group_id and c.sender_key = p.sender and c.state = 'closed'
  returning p.group_id
), wondered as (
  delete from llm_ask l using person p
  where l.group_id = p.group_id and l.sender_key = p.sender
  returning p.group_id
), done as (
  delete from action a using person p
  where a.group_id = p.group_id and a.action->'target'->>'key' = replace(p.sender::text, '-', '')
    and a.told_at is not null
  returning p.group_id
), ended as (
  delete from sanction sa using person p where p.is_free and sa.group_id = p.group_id and sa.sender = p.sender
  returning p.group_id
), gone as (
  select group_id, count(*) as rows from (
    select * from told union all select * from sighted union all select * from history union all select * from opinion union all
    select * from decided union all select * from said union all select * from asked union all
    select * from wondered union all select * from done union all select * from ended
  ) all_rows group by group_id
), proven as (
  insert into purge (what, group_id, rows) select 'person', group_id, rows from gone order by group_id
)
select coalesce((select sum(rows) from gone), 0)::bigint as rows,
  (select count(*) from person where not is_free) as "stillSanctioned"`;

type FoundRow = Omit<PersonRecord, 'firstSeenAt' | 'allowedCount' | 'sanction' | 'evidence'> & {
  firstSeenAt: number | null;
  allowedCount: number | null;
  sanction: { kind: 'ban' | 'restrict'; until: number | null } | null;
  evidence: { verdictId: string; at: number; sealed: string }[];
};

export function createPersons(sql: Sql): Persons {
  async function findPerson(keys: readonly PersonKey[], at: Millis): Promise<PersonRecord[]> {
    if (keys.length === 0) return [];
    const rows = await sql.query<FoundRow>('person_find', FIND, [...columns(keys), at]);
    return rows.map(({ firstSeenAt, allowedCount, sanction, evidence, ...row }) => ({
      ...row,
      ...(firstSeenAt === null ? {} : { firstSeenAt }),
      allowedCount: allowedCount ?? 0,
      ...(sanction === null
        ? {}
        : { sanction: { kind: sanction.kind, ...(sanction.until === null ? {} : { until: sanction.until }) } }),
      evidence: evidence.map((each) => ({ ...each, sealed: new Uint8Array(Buffer.from(each.sealed, 'base64')) })),
    }));
  }

  async function forgetPerson(keys: readonly PersonKey[], at: Millis) {
    if (keys.length === 0) return { rows: 0, stillSanctioned: 0 };
    const [answer] = await sql.query<{ rows: number; stillSanctioned: number }>('person_forget', FORGET, [
      ...columns(keys),
      at,
    ]);
    return answer ?? { rows: 0, stillSanctioned: 0 };
  }

  return { findPerson, forgetPerson };
}

function columns(keys: readonly PersonKey[]): [string[], string[]] {
  return [keys.map((key) => key.groupId), keys.map((key) => key.sender)];
}

import { Failure, type GroupPolicy, type GroupSettings, type Revision, type Settings } from '@chatwarden/contracts';
import type { Sql, Statements } from './sql/sql.ts';
import { toJson } from './sql/to-json.ts';
import type { SettingsTable } from './store.ts';

/** One statement, and so one snapshot: no policy is missing that the revision stands for. */
const SINCE = `
select r.value as current, p.group_id as "groupId", p.revision, p.policy
from revision r
left join (
  select distinct on (group_id) group_id, revision, policy
  from policy where revision > $1 order by group_id, revision desc
) p on true`;

const NEWEST = `select policy from policy where group_id = $1 order by revision desc limit 1`;

type SinceRow = { current: Revision } & (GroupSettings | { groupId: null; revision: null; policy: null });

export function createSettings(sql: Sql): SettingsTable {
  async function settingsSince(revision: Revision): Promise<Settings> {
    const rows = await sql.query<SinceRow>('settings_since', SINCE, [revision]);
    const groups = rows.flatMap(({ groupId, revision: since, policy }): GroupSettings[] =>
      groupId === null ? [] : [{ groupId, revision: since, policy }],
    );
    return { revision: rows[0]?.current ?? 0, groups };
  }

  async function changePolicy(groupId: string, change: (policy: GroupPolicy) => GroupPolicy) {
    return sql.transaction(async (statements) => {
      const revision = await bumpRevision(statements);
      const [newest] = await statements.query<{ policy: GroupPolicy }>('policy_newest', NEWEST, [groupId]);
      if (!newest) throw new Failure('unknownGroup', 'never', { message: `there is no group ${groupId}` });
      const policy = change(newest.policy);
      await insertPolicy(statements, { groupId, revision, policy });
      return { revision, policy };
    });
  }

  return { settingsSince, changePolicy };
}

/** Locks the counter until the transaction ends, so that changes commit in the order of their revisions. */
export async function bumpRevision(statements: Statements): Promise<Revision> {
  const [row] = await statements.query<{ value: Revision }>(
    'revision_bump',
    'update revision set value = value + 1 returning value',
    [],
  );
  if (!row) throw new Error('the revision row is missing');
  return row.value;
}

export async function insertPolicy(
  statements: Statements,
  { groupId, revision, policy }: GroupSettings,
): Promise<void> {
  await statements.query(
    'policy_insert',
    'insert into policy (group_id, revision, policy) values ($1, $2, $3::jsonb)',
    [groupId, revision, toJson(policy)],
  );
}

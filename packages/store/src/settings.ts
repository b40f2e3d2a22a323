import {
  Failure,
  type GroupId,
  type GroupPolicy,
  type GroupSettings,
  type Revision,
  type Settings,
} from '@chatwarden/contracts';
import { lockOf, refuseLocked } from './policy-lock.ts';
import type { Sql, Statements } from './sql/sql.ts';
import { toJson } from './sql/to-json.ts';
import type { SettingsTable } from './store.ts';

/** One statement, and so one snapshot: nothing is missing that the revision stands for. */
const SINCE = `
select r.value as revision,
  coalesce((
    select json_agg(json_build_object('groupId', p.group_id, 'revision', p.revision, 'policy', p.policy))
    from (select distinct on (group_id) * from policy where revision > $1 order by group_id, revision desc) p
  ), '[]') as groups,
  coalesce((
    select json_agg(json_build_object('groupId', d.group_id, 'revision', d.revision, 'dedicated', d.dedicated))
    from (select distinct on (group_id) * from route where revision > $1 order by group_id, revision desc) d
  ), '[]') as routes,
  coalesce((
    select json_agg(json_build_object('groupId', g.group_id, 'revision', g.revision, 'colour', g.colour))
    from gate g where g.revision > $1
  ), '[]') as gates,
  coalesce((select json_agg(group_id) from erased_group where revision > $1), '[]') as erased
from revision r`;

const NEWEST = `select policy, revision from policy where group_id = $1 order by revision desc limit 1`;

const IS_GROUP = `select from chat_group where group_id = $1`;
const ROUTE_OF = `select dedicated, revision from route where group_id = $1 order by revision desc limit 1`;
const ROUTE = `insert into route (group_id, revision, dedicated) values ($1, $2, $3)`;

export function createSettings(sql: Sql): SettingsTable {
  async function settingsSince(revision: Revision): Promise<Settings> {
    const [settings] = await sql.query<Settings>('settings_since', SINCE, [revision]);
    return settings ?? { revision: 0, groups: [], routes: [], gates: [], erased: [] };
  }

  async function changePolicy(groupId: string, change: (policy: GroupPolicy) => GroupPolicy) {
    return sql.transaction(async (statements) => {
      const revision = await bumpRevision(statements);
      const newest = await newestPolicy(statements, groupId);
      const policy = change(newest.policy);
      refuseLocked(await lockOf(statements, groupId), newest.policy, policy);
      await insertPolicy(statements, { groupId, revision, policy });
      return { revision, policy };
    });
  }

  async function changeRoute(groupId: GroupId, { dedicated }: { dedicated: boolean }) {
    return sql.transaction(async (statements) => {
      const revision = await bumpRevision(statements);
      await mustBeGroup(statements, groupId);
      await statements.query('route_insert', ROUTE, [groupId, revision, dedicated]);
      return { revision };
    });
  }

  async function routeOf(groupId: GroupId) {
    const [route] = await sql.query<{ dedicated: boolean; revision: Revision }>('route_of', ROUTE_OF, [groupId]);
    return route ?? null;
  }

  return { settingsSince, changePolicy, changeRoute, routeOf };
}

export async function newestPolicy(statements: Statements, groupId: GroupId) {
  const [newest] = await statements.query<Omit<GroupSettings, 'groupId'>>('policy_newest', NEWEST, [groupId]);
  if (!newest) throw unknownGroup(groupId);
  return newest;
}

/** Throws Failure `unknownGroup` (never). */
export async function mustBeGroup(statements: Statements, groupId: GroupId): Promise<void> {
  const groups = await statements.query('group_is', IS_GROUP, [groupId]);
  if (groups.length === 0) throw unknownGroup(groupId);
}

function unknownGroup(groupId: GroupId): Failure {
  return new Failure('unknownGroup', 'never', { message: `there is no group ${groupId}` });
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

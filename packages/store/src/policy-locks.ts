import { isDeepStrictEqual } from 'node:util';
import type { GroupId, GroupPolicy } from '@chatwarden/contracts';
import { lockOf } from './policy-lock.ts';
import type { PolicyLocks } from './policy-lock-port.ts';
import { bumpRevision, insertPolicy, newestPolicy } from './settings.ts';
import type { Sql, Statements } from './sql/sql.ts';
import { toJson } from './sql/to-json.ts';

const LOCK = `
insert into policy_lock (group_id, fields, by) values ($1, $2::jsonb, $3)
on conflict (group_id) do update set fields = excluded.fields, by = excluded.by`;
const UNLOCK = `delete from policy_lock where group_id = $1 returning 1`;

export function createPolicyLocks(sql: Sql): PolicyLocks {
  async function lockPolicy(groupId: GroupId, given: Partial<GroupPolicy>, by: string) {
    // As it will be read: without fields that are undefined.
    const fields = JSON.parse(toJson(given)) as Partial<GroupPolicy>;
    const now = await asItIs(sql, groupId);
    if (isDeepStrictEqual(now.lock, { fields, by }) && holds(now.policy, fields)) {
      return { revision: now.revision, policy: now.policy };
    }
    return sql.transaction(async (statements) => {
      const revision = await bumpRevision(statements);
      const newest = await newestPolicy(statements, groupId);
      const policy = { ...newest.policy, ...fields };
      await statements.query('policy_lock', LOCK, [groupId, toJson(fields), by]);
      await insertPolicy(statements, { groupId, revision, policy });
      return { revision, policy };
    });
  }

  async function unlockPolicy(groupId: GroupId): Promise<void> {
    // Policies stay as they are, so nobody has to be told.
    await sql.query('policy_unlock', UNLOCK, [groupId]);
  }

  return { lockPolicy, unlockPolicy };
}

async function asItIs(statements: Statements, groupId: GroupId) {
  const newest = await newestPolicy(statements, groupId);
  return { ...newest, lock: await lockOf(statements, groupId) };
}

function holds(policy: GroupPolicy, fields: Partial<GroupPolicy>): boolean {
  return isDeepStrictEqual({ ...policy, ...fields }, policy);
}

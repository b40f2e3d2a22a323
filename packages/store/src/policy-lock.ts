/** What changePolicy asks of the locks: it runs under the lock of the revision, and so sees no half of a change. */
import { isDeepStrictEqual } from 'node:util';
import { Failure, type GroupId, type GroupPolicy } from '@chatwarden/contracts';
import type { Statements } from './sql/sql.ts';

export interface PolicyLock {
  fields: Partial<GroupPolicy>;
  by: string;
}

const FIND = `select fields, by from policy_lock where group_id = $1`;

export async function lockOf(statements: Statements, groupId: GroupId): Promise<PolicyLock | undefined> {
  const [lock] = await statements.query<PolicyLock>('policy_lock_find', FIND, [groupId]);
  return lock;
}

/** Throws Failure `policyLocked` (never). */
export function refuseLocked(lock: PolicyLock | undefined, before: GroupPolicy, after: GroupPolicy): void {
  if (!lock) return;
  const names = Object.keys(lock.fields) as (keyof GroupPolicy)[];
  const touched = names.filter((name) => !isDeepStrictEqual(before[name], after[name]));
  if (touched.length === 0) return;
  const message = `${touched.join(', ')} ${touched.length === 1 ? 'is' : 'are'} set by ${lock.by} and can only be changed there`;
  throw new Failure('policyLocked', 'never', { message });
}

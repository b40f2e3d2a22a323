import type { GroupPolicy } from '@chatwarden/contracts';
import { aPolicy } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { aStoreForAll } from '../test/a-store.ts';
import { aChat } from '../test/samples.ts';

const under = aStoreForAll();
const BY = 'team-a/gardeners';

async function aKnownGroup(): Promise<string> {
  const made = await under.store.groups.ensureGroup(aChat(), aPolicy({ mode: 'observe' }));
  return made?.group.groupId ?? '';
}

const change = (groupId: string, part: Partial<GroupPolicy>) =>
  under.store.settings.changePolicy(groupId, (policy) => ({ ...policy, ...part }));
const listed = async (groupId: string) =>
  (await under.store.groups.listGroups()).find((group) => group.groupId === groupId);

describe('fields of a policy that are locked', () => {
  it('take effect as a new policy, and are shown with who set them', async () => {
    const { policyLocks, settings } = under.store;
    const groupId = await aKnownGroup();
    const before = (await settings.settingsSince(0)).revision;
    const locked = await policyLocks.lockPolicy(groupId, { mode: 'enforce', language: 'ru' }, BY);
    expect(locked.policy).toEqual(aPolicy({ mode: 'enforce', language: 'ru' }));
    const since = await settings.settingsSince(before);
    expect(since.groups).toEqual([{ groupId, ...locked }]);
    expect(await listed(groupId)).toMatchObject({ locked: { fields: ['language', 'mode'], by: BY } });
  });

  it('are refused to all others, who are told by whom they are set, and all else stays theirs', async () => {
    const groupId = await aKnownGroup();
    const bands = { act: 0.95, ask: 0.7 };
    const { revision } = await under.store.policyLocks.lockPolicy(groupId, { mode: 'enforce', bands }, BY);
    await expect(change(groupId, { mode: 'observe', notices: true })).rejects.toMatchObject({
      code: 'policyLocked',
      retry: 'never',
      message: `mode is set by ${BY} and can only be changed there`,
    });
    const both = change(groupId, { mode: 'observe', bands: { act: 0.9, ask: 0.7 } });
    await expect(both).rejects.toThrow(`mode, bands are set by ${BY}`);
    expect((await listed(groupId))?.revision).toBe(revision);
    const allowed = await change(groupId, { notices: true, mode: 'enforce', bands: { ask: 0.7, act: 0.95 } });
    expect(allowed.policy).toMatchObject({ notices: true, mode: 'enforce', bands });
  });

  it('are others when they are set anew, and cost a revision only when something changes', async () => {
    const { policyLocks, settings } = under.store;
    const groupId = await aKnownGroup();
    const first = await policyLocks.lockPolicy(groupId, { mode: 'enforce', language: 'ru' }, BY);
    expect(await policyLocks.lockPolicy(groupId, { language: 'ru', mode: 'enforce' }, BY)).toEqual(first);
    expect((await settings.settingsSince(0)).revision).toBe(first.revision);
    const second = await policyLocks.lockPolicy(groupId, { language: 'ru', prompt: undefined } as never, BY);
    expect(second.revision).toBeGreaterThan(first.revision);
    expect(await listed(groupId)).toMatchObject({ policy: { mode: 'enforce' }, locked: { fields: ['language'] } });
    expect((await change(groupId, { mode: 'observe' })).policy.mode).toBe('observe');
  });

  it('are free again after it, as they are', async () => {
    const { policyLocks } = under.store;
    const groupId = await aKnownGroup();
    await policyLocks.lockPolicy(groupId, { mode: 'enforce' }, BY);
    await policyLocks.unlockPolicy(groupId);
    await policyLocks.unlockPolicy(groupId);
    const group = await listed(groupId);
    expect(group?.policy.mode).toBe('enforce');
    expect(group).not.toHaveProperty('locked');
    expect((await change(groupId, { mode: 'observe' })).policy.mode).toBe('observe');
  });

  it('are of a group that is there, and go with it', async () => {
    const { policyLocks, purges, sql } = under.store;
    await expect(policyLocks.lockPolicy('g0000000000000000', { notices: true }, BY)).rejects.toMatchObject({
      code: 'unknownGroup',
    });
    const groupId = await aKnownGroup();
    await policyLocks.lockPolicy(groupId, { mode: 'enforce' }, BY);
    await purges.eraseGroup(groupId);
    expect(await sql.query('test_locks', 'select from policy_lock where group_id = $1', [groupId])).toEqual([]);
  });

  it('win over a change that was under way', async () => {
    const groupId = await aKnownGroup();
    const other = await under.another();
    const lock = other.policyLocks.lockPolicy(groupId, { mode: 'enforce' }, BY);
    await Promise.allSettled([change(groupId, { mode: 'observe' }), lock, change(groupId, { mode: 'observe' })]);
    expect((await listed(groupId))?.policy.mode).toBe('enforce');
  });
});

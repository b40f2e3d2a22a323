import { aPolicy } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { aStoreForAll } from '../test/a-store.ts';
import { aChat } from '../test/samples.ts';

const under = aStoreForAll();

async function aKnownGroup(): Promise<{ groupId: string; revision: number }> {
  const made = await under.store.groups.ensureGroup(aChat(), aPolicy());
  return { groupId: made?.group.groupId ?? '', revision: made?.revision ?? 0 };
}

describe('settings', () => {
  it('show what is newer than a revision, the newest policy of each group alone', async () => {
    const { settings } = under.store;
    const quiet = await aKnownGroup();
    const busy = await aKnownGroup();
    await settings.changePolicy(busy.groupId, (policy) => ({ ...policy, notices: true }));
    const last = await settings.changePolicy(busy.groupId, (policy) => ({ ...policy, language: 'ru' }));
    expect(last.policy).toEqual(aPolicy({ notices: true, language: 'ru' }));
    expect(await settings.settingsSince(quiet.revision)).toEqual({
      revision: last.revision,
      groups: [{ groupId: busy.groupId, revision: last.revision, policy: last.policy }],
      routes: [],
      gates: [],
      erased: [],
    });
    expect(await settings.settingsSince(last.revision)).toEqual({
      revision: last.revision,
      groups: [],
      routes: [],
      gates: [],
      erased: [],
    });
    const all = await settings.settingsSince(0);
    expect(all.groups.map((group) => group.groupId)).toEqual(expect.arrayContaining([quiet.groupId, busy.groupId]));
  });

  it('lose no change when many are made at once', async () => {
    const { groupId } = await aKnownGroup();
    const other = await under.another();
    const words = Array.from({ length: 12 }, (_, i) => `word${i}`);
    const changes = words.map((value, i) =>
      (i % 2 ? under.store : other).settings.changePolicy(groupId, (policy) => ({
        ...policy,
        blocked: [...policy.blocked, { kind: 'word', value }],
      })),
    );
    const revisions = (await Promise.all(changes)).map((change) => change.revision);
    expect(new Set(revisions).size).toBe(12);
    const newest = (await under.store.settings.settingsSince(0)).groups.find((group) => group.groupId === groupId);
    expect(newest?.policy.blocked.map((entry) => entry.value).sort()).toEqual(words.sort());
  });

  it('change nothing, not even the revision, for a group that is not there or a change that fails', async () => {
    const { settings } = under.store;
    const { groupId, revision } = await aKnownGroup();
    await expect(settings.changePolicy('g0000000000000000', (policy) => policy)).rejects.toMatchObject({
      code: 'unknownGroup',
      retry: 'never',
    });
    const failing = settings.changePolicy(groupId, () => {
      throw new Error('no such preset');
    });
    await expect(failing).rejects.toThrow('no such preset');
    expect((await settings.settingsSince(0)).revision).toBe(revision);
  });

  it('show the newest route of each group, which comes with a revision of its own', async () => {
    const { settings } = under.store;
    const { groupId, revision } = await aKnownGroup();
    await settings.changeRoute(groupId, { dedicated: false });
    const moved = await settings.changeRoute(groupId, { dedicated: true });
    expect(await settings.routeOf(groupId)).toEqual({ dedicated: true, ...moved });
    const since = await settings.settingsSince(revision);
    expect(since).toEqual({
      revision: moved.revision,
      groups: [],
      routes: [{ groupId, revision: moved.revision, dedicated: true }],
      gates: [],
      erased: [],
    });
  });

  it('have no route for a group that is not there', async () => {
    const { settings } = under.store;
    const { revision } = await settings.settingsSince(0);
    await expect(settings.changeRoute('g0000000000000000', { dedicated: true })).rejects.toMatchObject({
      code: 'unknownGroup',
      retry: 'never',
    });
    expect((await settings.settingsSince(0)).revision).toBe(revision);
    expect(await settings.routeOf('g0000000000000000')).toBeNull();
  });
});

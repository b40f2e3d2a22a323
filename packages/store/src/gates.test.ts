import { aPolicy } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { aStoreForAll } from '../test/a-store.ts';
import { aChat } from '../test/samples.ts';

const under = aStoreForAll();

async function aKnownGroup() {
  const made = await under.store.groups.ensureGroup(aChat(), aPolicy());
  return { groupId: made?.group.groupId ?? '', revision: made?.revision ?? 0 };
}

describe('a gate', () => {
  it('comes with a revision, and the newest alone is told', async () => {
    const { gates, settings } = under.store;
    const { groupId, revision } = await aKnownGroup();
    expect(await gates.gateOf(groupId)).toBeNull();
    await gates.setGate(groupId, 'blue');
    const turned = await gates.setGate(groupId, 'green');
    expect(turned.revision).toBeGreaterThan(revision);
    expect(await gates.gateOf(groupId)).toEqual({ colour: 'green', revision: turned.revision });
    const since = await settings.settingsSince(revision);
    expect(since).toMatchObject({ ...turned, gates: [{ groupId, colour: 'green', ...turned }] });
    expect((await settings.settingsSince(turned.revision)).gates).toEqual([]);
  });

  it('that is set to what it is changes nothing, not even the revision', async () => {
    const { gates, settings } = under.store;
    const { groupId } = await aKnownGroup();
    const set = await gates.setGate(groupId, 'green');
    expect(await gates.setGate(groupId, 'green')).toEqual(set);
    expect((await settings.settingsSince(0)).revision).toBe(set.revision);
  });

  it('is of a group that is there, and goes with it', async () => {
    const { gates, purges } = under.store;
    await expect(gates.setGate('g0000000000000000', 'blue')).rejects.toMatchObject({
      code: 'unknownGroup',
      retry: 'never',
    });
    const { groupId } = await aKnownGroup();
    await gates.setGate(groupId, 'green');
    await purges.eraseGroup(groupId);
    expect(await gates.gateOf(groupId)).toBeNull();
  });
});

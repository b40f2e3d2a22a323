import { describe, expect, it } from 'vitest';
import { aStoreForAll } from '../test/a-store.ts';
import { aChatId, aGroupId } from '../test/samples.ts';

const under = aStoreForAll();
const [HERE, THERE] = ['cluster-a', 'cluster-b'];

describe('a group that is steered from outside', () => {
  const aGroup = (over = {}) => {
    const group = { groupId: aGroupId(), chatId: aChatId(), cluster: HERE, claimant: 'team/gardeners' };
    return { ...group, ...over };
  };
  const ofHere = async (groupId: string) =>
    (await under.store.steered.listSteered(HERE)).filter((group) => group.groupId === groupId);

  it('is listed for the cluster that steers it, and for no other', async () => {
    const group = aGroup();
    await under.store.steered.noteSteered(group);
    await under.store.steered.noteSteered(group);
    expect(await ofHere(group.groupId)).toEqual([group]);
    expect(await under.store.steered.listSteered(THERE)).toEqual([]);
  });

  it('is whose who says so last, and only they end it', async () => {
    const former = aGroup();
    const present = { ...former, claimant: 'team/cooks', chatId: aChatId() };
    await under.store.steered.noteSteered(former);
    await under.store.steered.noteSteered(present);
    await under.store.steered.forgetSteered(former);
    expect(await ofHere(former.groupId)).toEqual([present]);
    await under.store.steered.forgetSteered({ ...present, cluster: THERE });
    expect(await ofHere(former.groupId)).toEqual([present]);
    await under.store.steered.forgetSteered(present);
    expect(await ofHere(former.groupId)).toEqual([]);
  });

  it('costs no write when nothing has changed', async () => {
    const group = aGroup();
    const version = async () => {
      const find = 'select xmin::text as version, xmax::text as locked from steered_group where group_id = $1';
      return under.store.sql.query('test_version', find, [group.groupId]);
    };
    await under.store.steered.noteSteered(group);
    const before = await version();
    await under.store.steered.noteSteered(group);
    expect(await version()).toEqual(before);
  });
});

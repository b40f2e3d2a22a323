import { policyFromPreset, type Settings } from '@chatwarden/contracts';
import { describe, expect, test } from 'vitest';
import { createSettingsCache } from './settings-cache.ts';

const GROUP = 'g0123456789abcdef';

function aTable() {
  const rows: Settings['groups'] = [{ groupId: GROUP, revision: 1, policy: policyFromPreset('balanced', 'observe') }];
  const asked: number[] = [];
  const settingsSince = (since: number): Promise<Settings> => {
    asked.push(since);
    return Promise.resolve({
      revision: Math.max(...rows.map((row) => row.revision)),
      groups: rows.filter((row) => row.revision > since),
    });
  };
  return { rows, asked, cache: createSettingsCache({ settingsSince }) };
}

describe('the settings that a process has applied', () => {
  test('are refreshed by a record of a higher revision, and only then', async () => {
    const { rows, asked, cache } = aTable();
    await cache.refreshTo(1);
    await cache.refreshTo(1);
    rows.push({ groupId: GROUP, revision: 2, policy: policyFromPreset('strict', 'enforce') });
    expect(cache.policyOf(GROUP).mode).toBe('observe');
    await cache.refreshTo(2);
    expect([cache.policyOf(GROUP).mode, cache.revision()]).toEqual(['enforce', 2]);
    expect(asked).toEqual([0, 1]);
  });

  test('do not loop for a revision that this database never reached', async () => {
    const { cache } = aTable();
    await cache.refreshTo(99);
    expect(cache.revision()).toBe(1);
  });

  test('are read once for many who ask at once', async () => {
    const { asked, cache } = aTable();
    await Promise.all([cache.refreshTo(1), cache.refreshTo(1), cache.refresh()]);
    expect(asked).toEqual([0]);
  });

  test('say when they do not know a group', () => {
    expect(() => aTable().cache.policyOf('gffffffffffffffff')).toThrow('no settings for group');
  });
});

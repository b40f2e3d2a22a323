import type { Settings } from '@chatwarden/contracts';
import { aPolicy, GROUP_ID } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { createSettingsCache } from './settings-cache.ts';

function aTable(revision: number) {
  const asked: number[] = [];
  async function settingsSince(since: number): Promise<Settings> {
    asked.push(since);
    const groups = since < revision ? [{ groupId: GROUP_ID, revision, policy: aPolicy() }] : [];
    return { revision, groups };
  }
  return { asked, settingsSince };
}

describe('the settings cache', () => {
  it('refreshes for a record that is newer, and not for one that is older', async () => {
    const table = aTable(5);
    const cache = createSettingsCache(table);
    await cache.refreshTo(3);
    await cache.refreshTo(5);
    expect(table.asked).toEqual([0]);
    expect(cache.revision()).toBe(5);
    expect(cache.policyOf(GROUP_ID)).toEqual(aPolicy());
  });

  it('asks once for many who wait', async () => {
    const table = aTable(5);
    const cache = createSettingsCache(table);
    await Promise.all([cache.refreshTo(5), cache.refreshTo(4), cache.refreshTo(5)]);
    expect(table.asked).toEqual([0]);
  });

  it('goes on with what there is when a record claims a revision that nobody has', async () => {
    const cache = createSettingsCache(aTable(5));
    await cache.refreshTo(99);
    expect(cache.revision()).toBe(5);
  });

  it('tells that a group is not known yet', () => {
    const cache = createSettingsCache(aTable(0));
    expect(() => cache.policyOf(GROUP_ID)).toThrow(expect.objectContaining({ code: 'unknownGroup', retry: 'now' }));
  });
});

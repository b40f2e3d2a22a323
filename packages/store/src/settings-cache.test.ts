import { policyFromPreset, type Settings } from '@chatwarden/contracts';
import { describe, expect, test } from 'vitest';
import { createSettingsCache } from './settings-cache.ts';

const GROUP = 'g0123456789abcdef';

function aTable() {
  const rows: Settings['groups'] = [{ groupId: GROUP, revision: 1, policy: policyFromPreset('balanced', 'observe') }];
  const routes: Settings['routes'] = [];
  const gates: Settings['gates'] = [];
  const erased: Settings['erased'] = [];
  const asked: number[] = [];
  const settingsSince = (since: number): Promise<Settings> => {
    asked.push(since);
    return Promise.resolve({
      revision: Math.max(...[...rows, ...routes, ...gates].map((row) => row.revision)),
      groups: rows.filter((row) => row.revision > since),
      routes: routes.filter((route) => route.revision > since),
      gates: gates.filter((gate) => gate.revision > since),
      erased,
    });
  };
  return { rows, routes, gates, erased, asked, settingsSince, cache: createSettingsCache({ settingsSince }) };
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

  test('are read again when the reading under way began before the change', async () => {
    const { rows, settingsSince } = aTable();
    const gate = Promise.withResolvers<void>();
    let first = true;
    const cache = createSettingsCache({
      settingsSince: async (revision) => {
        const snapshot = structuredClone(await settingsSince(revision));
        if (first) await gate.promise;
        first = false;
        return snapshot;
      },
    });
    const underWay = cache.refresh();
    await new Promise((resolve) => setImmediate(resolve));
    rows.push({ groupId: 'g0000000000000009', revision: 2, policy: policyFromPreset('strict', 'enforce') });
    const wanted = cache.refreshTo(2);
    gate.resolve();
    await Promise.all([underWay, wanted]);
    expect(cache.revision()).toBe(2);
  });

  test('say when they do not know a group', () => {
    expect(() => aTable().cache.policyOf('gffffffffffffffff')).toThrow('no settings for group');
  });

  test('route a group to the shared topic until it has one of its own, and back', async () => {
    const { routes, cache } = aTable();
    await cache.refresh();
    expect(cache.topicOf(GROUP)).toBe('events');
    routes.push({ groupId: GROUP, revision: 2, dedicated: true });
    await cache.refreshTo(2);
    expect(cache.topicOf(GROUP)).toBe(`events.g.${GROUP}`);
    expect(cache.routeOf(GROUP)).toEqual({ groupId: GROUP, revision: 2, dedicated: true });
    routes.push({ groupId: GROUP, revision: 3, dedicated: false });
    await cache.refreshTo(3);
    expect(cache.topicOf(GROUP)).toBe('events');
  });

  test('know which colour of a detector consumes, once that was said', async () => {
    const { gates, cache } = aTable();
    await cache.refresh();
    expect(cache.gateOf(GROUP)).toBeUndefined();
    gates.push({ groupId: GROUP, revision: 2, colour: 'green' });
    await cache.refreshTo(2);
    expect(cache.gateOf(GROUP)).toBe('green');
  });

  test('forget an erased group, and tell whoever remembers more of it', async () => {
    const { rows, erased, cache } = aTable();
    await cache.refresh();
    const forgotten: string[] = [];
    cache.onErased((groupId) => forgotten.push(groupId));
    expect(cache.isErased(GROUP)).toBe(false);
    rows.splice(0, 1, { groupId: 'g0000000000000002', revision: 2, policy: policyFromPreset('strict', 'enforce') });
    erased.push(GROUP);
    await cache.refreshTo(2);
    expect([cache.isErased(GROUP), forgotten]).toEqual([true, [GROUP]]);
    expect(() => cache.policyOf(GROUP)).toThrow('no settings for group');
  });
});

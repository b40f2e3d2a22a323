import type { KubeObject } from '@chatwarden/kube';
import { manualClock } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { createOwnWrites } from './own-writes.ts';

const object = (resourceVersion: string, uid = 'one'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', namespace: 'home', uid, resourceVersion },
});

function aGuard() {
  const clock = manualClock();
  const cache: { object?: KubeObject | undefined } = {};
  const writes = createOwnWrites({ cached: () => cache.object, clock, giveUpMs: 10_000 });
  return { clock, cache, writes };
}

describe('own writes', () => {
  it('are awaited until the cache shows them, or later ones', () => {
    const { cache, writes } = aGuard();
    expect(writes.isCaughtUp('k')).toBe(true);
    cache.object = object('9');
    writes.wrote('k', object('10'));
    expect(writes.isCaughtUp('k')).toBe(false);
    expect(writes.isCaughtUp('other')).toBe(true);
    cache.object = object('10');
    expect(writes.isCaughtUp('k')).toBe(true);
    writes.wrote('k', object('12'));
    cache.object = object('100');
    expect(writes.isCaughtUp('k')).toBe(true);
  });

  it('are awaited when the object is not in the cache yet', () => {
    const { cache, writes } = aGuard();
    writes.wrote('k', object('10'));
    expect(writes.isCaughtUp('k')).toBe(false);
    cache.object = object('11');
    expect(writes.isCaughtUp('k')).toBe(true);
  });

  it('that deleted are awaited until the object is gone, going, or another', () => {
    const { cache, writes } = aGuard();
    cache.object = object('9');
    writes.deleted('k', object('9'));
    expect(writes.isCaughtUp('k')).toBe(false);
    cache.object = undefined;
    expect(writes.isCaughtUp('k')).toBe(true);
    writes.deleted('k', object('9'));
    cache.object = object('12', 'two');
    expect(writes.isCaughtUp('k')).toBe(true);
    writes.deleted('k', object('12', 'two'));
    cache.object.metadata.deletionTimestamp = '2026-11-24T12:00:00Z';
    expect(writes.isCaughtUp('k')).toBe(true);
  });

  it('are compared for equality where a server’s versions are no numbers', () => {
    const { cache, writes } = aGuard();
    writes.wrote('k', object('b-1'));
    cache.object = object('c-1');
    expect(writes.isCaughtUp('k')).toBe(false);
    cache.object = object('b-1');
    expect(writes.isCaughtUp('k')).toBe(true);
  });

  it('are not awaited for ever: somebody may have deleted the object meanwhile', async () => {
    const { clock, writes } = aGuard();
    writes.wrote('k', object('10'));
    await clock.advance(9999);
    expect(writes.isCaughtUp('k')).toBe(false);
    await clock.advance(1);
    expect(writes.isCaughtUp('k')).toBe(true);
  });
});

import { NOON } from '@chatwarden/testkit';
import { leaseSuite } from '@chatwarden/testkit/lease-suite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLeaseWorld, type KubeLeaseWorld } from '../../test/lease-world.ts';
import { pass } from '../../test/turns.ts';
import type { KubeLeaseOptions } from './kube-lease.ts';

leaseSuite('on Kubernetes', openLeaseWorld);

/** Holds until the lease is lost; at which time that was, in ms since the start. */
async function holdUntilLost(world: KubeLeaseWorld, name: string, options: Partial<KubeLeaseOptions> = {}) {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const times = { begun: [] as number[], lost: [] as number[] };
  const held = world.open(name, options).hold(
    'work',
    (_epoch, lost) => {
      times.begun.push(world.clock.now() - NOON);
      return new Promise((resolve) => {
        lost.addEventListener('abort', () => {
          times.lost.push(world.clock.now() - NOON);
          resolve();
        });
      });
    },
    stop.signal,
  );
  // It asks for the lease before time goes on.
  await world.clock.advance(0);
  return { held, stop, ...times };
}

describe('a lease object', () => {
  it('has times with six digits, the term, and the epoch as its transitions', async () => {
    const world = openLeaseWorld();
    const { held, stop } = await holdUntilLost(world, 'a');
    await pass(world.clock, 2000);
    const lease = world.leases.get('work');
    expect(lease?.spec).toEqual({
      holderIdentity: 'a',
      leaseDurationSeconds: 15,
      acquireTime: '2026-11-24T12:00:00.000000Z',
      renewTime: '2026-11-24T12:00:02.000000Z',
      leaseTransitions: 1,
    });
    stop.abort();
    await held;
    expect(world.leases.get('work')?.spec).toMatchObject({
      holderIdentity: '',
      leaseDurationSeconds: 1,
      leaseTransitions: 1,
    });
  });

  it('keeps what others have written on it', async () => {
    const world = openLeaseWorld();
    world.leases.set('work', {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'work', namespace: 'home', resourceVersion: '0', labels: { team: 'night' } },
      spec: { holderIdentity: '', leaseTransitions: 41 },
    });
    await holdUntilLost(world, 'a');
    await pass(world.clock, 4000);
    expect(world.leases.get('work')).toMatchObject({
      metadata: { labels: { team: 'night' } },
      spec: { holderIdentity: 'a', leaseTransitions: 42 },
    });
  });
});

describe('a holder', () => {
  it('that is cut off stops at its renewal deadline, and another begins after the term', async () => {
    const world = openLeaseWorld();
    const a = await holdUntilLost(world, 'a');
    await pass(world.clock, 1000);
    const b = await holdUntilLost(world, 'b', { random: () => 0 });
    await pass(world.clock, 19_000);
    world.cut('a', 'silence');
    await pass(world.clock, 30_000);
    // Its last renewal was at 20 s.
    expect(a.lost).toEqual([30_000]);
    // The other one asks each 2 s, saw that at 21 s, and does not let the term's end pass by until it asks again.
    expect(b.begun).toEqual([36_000]);
  });

  it('survives an answer that was lost, and a label that a person wrote', async () => {
    const world = openLeaseWorld();
    const a = await holdUntilLost(world, 'a');
    await pass(world.clock, 3000);
    world.loseNextAnswer('a');
    await pass(world.clock, 20_000);
    const lease = world.leases.get('work');
    if (lease) world.leases.set('work', { ...lease, metadata: { ...lease.metadata, resourceVersion: 'by hand' } });
    await pass(world.clock, 20_000);
    expect(a.lost).toEqual([]);
    expect(world.lines).toEqual(['cannot renew a lease, trying again']);
  });

  it('gives back what a lost answer had renewed', async () => {
    const world = openLeaseWorld();
    const a = await holdUntilLost(world, 'a');
    await pass(world.clock, 3000);
    world.loseNextAnswer('a');
    await pass(world.clock, 1000);
    a.stop.abort();
    await a.held;
    expect(world.leases.get('work')?.spec?.holderIdentity).toBe('');
  });

  it.each(['taken', 'deleted'] as const)('stops at its next renewal when the lease was %s by hand', async (how) => {
    const world = openLeaseWorld();
    const a = await holdUntilLost(world, 'a');
    await pass(world.clock, 3000);
    const lease = world.leases.get('work');
    if (how === 'deleted' || !lease) world.leases.delete('work');
    else {
      const metadata = { ...lease.metadata, resourceVersion: 'by hand' };
      world.leases.set('work', { ...lease, metadata, spec: { ...lease.spec, holderIdentity: 'somebody' } });
    }
    await pass(world.clock, 3000);
    expect(a.lost).toEqual([4000]);
    await a.held;
    expect(world.leases.get('work')?.spec?.holderIdentity).toBe(how === 'taken' ? 'somebody' : undefined);
  });

  it('that cannot give it back says so', async () => {
    const world = openLeaseWorld();
    const a = await holdUntilLost(world, 'a');
    await pass(world.clock, 1000);
    world.cut('a', 'error');
    a.stop.abort();
    await a.held;
    expect(world.lines).toEqual(['cannot give a lease back, it ends by itself']);
  });

  it('whose machine slept stops, though its monotonic time stood still', async () => {
    const world = openLeaseWorld();
    const a = await holdUntilLost(world, 'a', { monotonicMs: () => 0 });
    await pass(world.clock, 1000);
    await world.clock.advance(60_000);
    expect(a.lost).toEqual([61_000]);
  });

  it('whose wall clock is set back stops all the same', async () => {
    const world = openLeaseWorld();
    let elapsedMs = 0;
    const a = await holdUntilLost(world, 'a', { monotonicMs: () => elapsedMs });
    await pass(world.clock, 1000);
    world.cut('a', 'error');
    elapsedMs += 11_000;
    await pass(world.clock, 2000);
    expect(a.lost).toEqual([2000]);
  });
});

describe('a candidate', () => {
  it('does not believe the clock of another: it takes over when nothing has moved for a term', async () => {
    const world = openLeaseWorld();
    world.leases.set('work', {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'work', namespace: 'home', resourceVersion: '0' },
      // As old as can be, or of next year: it makes no difference. The term is the holder's own.
      spec: { holderIdentity: 'b', leaseDurationSeconds: 30, renewTime: '2001-01-01T00:00:00.000000Z' },
    });
    const a = await holdUntilLost(world, 'a', { random: () => 0 });
    await pass(world.clock, 29_000);
    expect(a.begun).toEqual([]);
    await pass(world.clock, 3000);
    expect(a.begun).toEqual([30_000]);
  });

  it('takes its own lease back at once, as after a restart', async () => {
    const world = openLeaseWorld();
    world.leases.set('work', {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'work', namespace: 'home', resourceVersion: '0' },
      spec: { holderIdentity: 'a', leaseDurationSeconds: 15, leaseTransitions: 3 },
    });
    const a = await holdUntilLost(world, 'a');
    await pass(world.clock, 500);
    expect(a.begun).toHaveLength(1);
    expect(world.leases.get('work')?.spec?.leaseTransitions).toBe(4);
  });

  it('needs times that make sense', () => {
    const world = openLeaseWorld();
    expect(() => world.open('a', { termMs: 10_000 })).toThrow('retryMs 2000 < renewDeadlineMs 10000 < termMs 10000');
  });
});

/**
 * What every Lease promises. An adapter's test calls this with a way to open a world: several holders, that share what
 * leases are kept in, and can each be cut off from it. Time is turned by hand.
 */
import type { Lease } from '@chatwarden/contracts';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ManualClock } from './manual-clock.ts';

export interface LeaseWorld {
  clock: ManualClock;
  /** A process with that name. */
  holder(name: string): Lease;
  /** What this holder asks is refused, or never answered. */
  cut(name: string, how: 'error' | 'silence'): void;
  heal(name: string): void;
}

/** After which a lease of any adapter, with its ordinary times, has gone to who waits for it. */
const TAKEN_OVER_MS = 40_000;
const STEP_MS = 250;

async function pass({ clock }: LeaseWorld, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= STEP_MS) await clock.advance(Math.min(left, STEP_MS));
}

interface Tenant {
  /** Asks for the lease, and works for as long as it has it. */
  hold(lease?: string): Promise<void>;
  epochs: number[];
  stop: AbortController;
  /** Ends the work by itself. */
  finish(error?: Error): void;
}

/** `seen` has what happens to all tenants, in order. */
function tenantOf(world: LeaseWorld, name: string, seen: string[] = []): Tenant {
  const lease = world.holder(name);
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const epochs: number[] = [];
  let finish: Tenant['finish'] = () => {};

  function work(epoch: number, lost: AbortSignal): Promise<void> {
    epochs.push(epoch);
    seen.push(`${name} begins`);
    return new Promise((resolve, reject) => {
      const onLost = () => {
        seen.push(`${name} has lost it`);
        resolve();
      };
      lost.addEventListener('abort', onLost);
      finish = (error) => {
        // Work that is over loses nothing.
        lost.removeEventListener('abort', onLost);
        if (error) reject(error);
        else resolve();
      };
    });
  }

  return {
    hold: (of = 'work') => lease.hold(of, work, stop.signal),
    epochs,
    stop,
    finish: (error) => finish(error),
  };
}

export function leaseSuite(adapter: string, open: () => LeaseWorld): void {
  describe(`a lease ${adapter}`, () => {
    it('is one holder’s for as long as its work runs, and then at once the next one’s, at a higher epoch', async () => {
      const world = open();
      const seen: string[] = [];
      const [a, b] = [tenantOf(world, 'a', seen), tenantOf(world, 'b', seen)];
      const held = a.hold();
      await pass(world, 1000);
      const waiting = b.hold();
      await pass(world, 600_000);
      expect(seen).toEqual(['a begins']);
      a.finish();
      await held;
      await pass(world, 10_000);
      expect(seen).toEqual(['a begins', 'b begins']);
      expect(b.epochs[0]).toBeGreaterThan(a.epochs[0] ?? Infinity);
      b.finish();
      await waiting;
    });

    it.each(['error', 'silence'] as const)('is lost to who meets with %s, before another begins', async (how) => {
      const world = open();
      const seen: string[] = [];
      const [a, b] = [tenantOf(world, 'a', seen), tenantOf(world, 'b', seen)];
      void a.hold();
      await pass(world, 1000);
      void b.hold();
      await pass(world, 30_000);
      world.cut('a', how);
      await pass(world, TAKEN_OVER_MS);
      expect(seen).toEqual(['a begins', 'a has lost it', 'b begins']);
      expect(b.epochs[0]).toBeGreaterThan(a.epochs[0] ?? Infinity);
    });

    it('stays with its new holder when the old one comes back', async () => {
      const world = open();
      const seen: string[] = [];
      const [a, b, c] = [tenantOf(world, 'a', seen), tenantOf(world, 'b', seen), tenantOf(world, 'c', seen)];
      const held = a.hold();
      await pass(world, 1000);
      void b.hold();
      world.cut('a', 'error');
      await pass(world, TAKEN_OVER_MS);
      await held;
      world.heal('a');
      void a.hold();
      void c.hold();
      await pass(world, 120_000);
      expect(seen).toEqual(['a begins', 'a has lost it', 'b begins']);
    });

    it('outlives a short cut', async () => {
      const world = open();
      const seen: string[] = [];
      void tenantOf(world, 'a', seen).hold();
      await pass(world, 20_000);
      world.cut('a', 'error');
      await pass(world, 5000);
      world.heal('a');
      await pass(world, 60_000);
      expect(seen).toEqual(['a begins']);
    });

    it('is waited for while what it is kept in is away', async () => {
      const world = open();
      const seen: string[] = [];
      world.cut('a', 'error');
      void tenantOf(world, 'a', seen).hold();
      await pass(world, 60_000);
      expect(seen).toEqual([]);
      world.heal('a');
      await pass(world, 10_000);
      expect(seen).toEqual(['a begins']);
    });

    it('is given back when its holder is to stop', async () => {
      const world = open();
      const seen: string[] = [];
      const [a, b] = [tenantOf(world, 'a', seen), tenantOf(world, 'b', seen)];
      const held = a.hold();
      await pass(world, 1000);
      void b.hold();
      await pass(world, 1000);
      a.stop.abort();
      await held;
      await pass(world, 10_000);
      expect(seen).toEqual(['a begins', 'a has lost it', 'b begins']);
    });

    it('is not begun when it is not wanted any more', async () => {
      const world = open();
      const seen: string[] = [];
      const [a, b] = [tenantOf(world, 'a', seen), tenantOf(world, 'b', seen)];
      void a.hold();
      await pass(world, 1000);
      const waiting = b.hold();
      await pass(world, 1000);
      b.stop.abort();
      await waiting;
      a.finish();
      await pass(world, TAKEN_OVER_MS);
      expect(seen).toEqual(['a begins']);
    });

    it('is given back when its work fails, and the failure is told', async () => {
      const world = open();
      const seen: string[] = [];
      const [a, b] = [tenantOf(world, 'a', seen), tenantOf(world, 'b', seen)];
      const held = a.hold();
      await pass(world, 1000);
      a.finish(new Error('no work'));
      await expect(held).rejects.toThrow('no work');
      void b.hold();
      await pass(world, 10_000);
      expect(seen).toEqual(['a begins', 'b begins']);
    });

    it('is held once at a time within a process too, and apart from leases of other names', async () => {
      const world = open();
      const lease = world.holder('a');
      const stop = new AbortController();
      onTestFinished(() => stop.abort());
      const seen: string[] = [];
      const first = Promise.withResolvers<void>();
      const begins = (what: string, until: Promise<void>) => async () => {
        seen.push(what);
        await until;
      };
      const held = lease.hold('work', begins('first', first.promise), stop.signal);
      await pass(world, 1000);
      const second = lease.hold('work', begins('second', Promise.resolve()), stop.signal);
      await lease.hold('other', begins('other', Promise.resolve()), stop.signal);
      await pass(world, 30_000);
      expect(seen).toEqual(['first', 'other']);
      first.resolve();
      await Promise.all([held, pass(world, 10_000), second]);
      expect(seen).toEqual(['first', 'other', 'second']);
    });
  });
}

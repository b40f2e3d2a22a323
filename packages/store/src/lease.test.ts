import { manualClock, NOON, type ManualClock } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { createLease } from './lease.ts';
import type { LeaseTable } from './lease-table.ts';

const TERM_MS = 15_000;

interface FakeTable extends LeaseTable {
  answer: 'yes' | 'no' | 'error' | 'silence';
  calls: string[];
}

function aTable(): FakeTable {
  const calls: string[] = [];
  let epoch = 0;
  async function reply<T>(call: string, yes: T, no: T): Promise<T> {
    calls.push(call);
    if (table.answer === 'silence') return new Promise<never>(() => undefined);
    if (table.answer === 'error') throw new Error('away');
    return table.answer === 'yes' ? yes : no;
  }
  const table: FakeTable = {
    answer: 'yes',
    calls,
    acquire: () => reply('acquire', (epoch += 1), null),
    renew: () => reply('renew', true, false),
    release: () => reply('release', undefined, undefined),
  };
  return table;
}

async function aHeldLease(over: { clock?: ManualClock; table?: FakeTable } = {}) {
  const clock = over.clock ?? manualClock();
  const table = over.table ?? aTable();
  const warnings: string[] = [];
  const log = { warn: (_context: object, message: string) => void warnings.push(message) };
  const lease = createLease({ table, clock, log, termMs: TERM_MS });
  const stop = new AbortController();
  const seen = { epochs: [] as number[], lostAt: [] as number[] };
  const held = lease.hold('poller', runUntilLost, stop.signal);

  function runUntilLost(epoch: number, lost: AbortSignal): Promise<void> {
    seen.epochs.push(epoch);
    return new Promise((resolve) => {
      lost.addEventListener('abort', () => {
        seen.lostAt.push(clock.now() - NOON);
        resolve();
      });
    });
  }
  // It asks for the lease before time goes on.
  await clock.advance(0);
  return { clock, table, lease, stop, held, seen, warnings };
}

/** In steps, since each renewal sleeps anew. */
async function pass(clock: ManualClock, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 500) await clock.advance(Math.min(left, 500));
}

describe('a lease', () => {
  it('is renewed for as long as its work runs, and given back after it', async () => {
    const { clock, table, stop, held, seen } = await aHeldLease();
    await pass(clock, 10 * TERM_MS);
    expect(table.calls.filter((call) => call === 'renew')).toHaveLength(30);
    expect(seen).toEqual({ epochs: [1], lostAt: [] });
    stop.abort();
    await held;
    expect(seen.lostAt).toEqual([10 * TERM_MS]);
    expect(table.calls.at(-1)).toBe('release');
  });

  it.each(['error', 'silence'] as const)('is lost before its term ends when renewals meet with %s', async (answer) => {
    const { clock, table, held, seen } = await aHeldLease();
    await pass(clock, 6_000);
    table.answer = answer;
    await pass(clock, 20_000);
    expect(seen.lostAt[0]).toBeGreaterThan(5_000);
    expect(seen.lostAt[0]).toBeLessThan(5_000 + TERM_MS);
    table.answer = 'yes';
    if (answer === 'error') await held;
  });

  it('survives one renewal that fails', async () => {
    const { clock, table, seen, warnings } = await aHeldLease();
    await pass(clock, 1_000);
    table.answer = 'error';
    await pass(clock, TERM_MS / 3);
    table.answer = 'yes';
    await pass(clock, 3 * TERM_MS);
    expect(seen.lostAt).toEqual([]);
    expect(warnings).toEqual(['cannot renew a lease, trying again']);
  });

  it('is lost at once when another has it', async () => {
    const { clock, table, held, seen } = await aHeldLease();
    await pass(clock, 1_000);
    table.answer = 'no';
    await pass(clock, TERM_MS / 3);
    await held;
    expect(seen.lostAt).toEqual([5_000]);
  });

  it('is waited for while another has it or the database is away', async () => {
    const table = aTable();
    table.answer = 'no';
    const { clock, seen, stop, held, warnings } = await aHeldLease({ table });
    await pass(clock, TERM_MS);
    table.answer = 'error';
    await pass(clock, TERM_MS);
    expect(seen.epochs).toEqual([]);
    expect(warnings.length).toBeGreaterThan(0);
    table.answer = 'yes';
    await pass(clock, TERM_MS);
    expect(seen.epochs).toHaveLength(1);
    stop.abort();
    await held;
  });

  it('is not begun when it is not wanted any more', async () => {
    const table = aTable();
    table.answer = 'no';
    const { stop, held, seen, clock } = await aHeldLease({ table });
    await pass(clock, TERM_MS);
    stop.abort();
    await held;
    expect(seen.epochs).toEqual([]);
  });

  it('is held once at a time within a process too', async () => {
    const { lease, stop, seen, held, clock } = await aHeldLease();
    await pass(clock, 1_000);
    const order: string[] = [];
    const second = lease.hold(
      'poller',
      async (epoch) => void order.push(`second at ${epoch}`),
      new AbortController().signal,
    );
    const unwanted = new AbortController();
    const third = lease.hold('poller', async () => void order.push('third'), unwanted.signal);
    await lease.hold('other', async () => void order.push('other'), new AbortController().signal);
    unwanted.abort();
    await third;
    expect(order).toEqual(['other']);
    stop.abort();
    await Promise.all([held, second]);
    expect(seen.epochs).toEqual([1]);
    expect(order).toEqual(['other', 'second at 3']);
  });

  it('is given back when its work fails, and the failure is told', async () => {
    const { lease, stop, held, table } = await aHeldLease();
    const failing = lease.hold('other', () => Promise.reject(new Error('no work')), new AbortController().signal);
    await expect(failing).rejects.toThrow('no work');
    expect(table.calls).toContain('release');
    stop.abort();
    await held;
  });

  it('that cannot be given back ends by itself', async () => {
    const { stop, held, table, clock, warnings } = await aHeldLease();
    await pass(clock, 1_000);
    table.answer = 'error';
    stop.abort();
    await held;
    expect(warnings).toEqual(['cannot give a lease back, it ends by itself']);
  });
});

import { manualClock } from '@chatwarden/testkit';
import { leaseSuite, type LeaseWorld } from '@chatwarden/testkit/lease-suite';
import { createLease } from './lease.ts';
import type { LeaseTable } from './lease-table.ts';

const TERM_MS = 15_000;

/** One table for all, as lease-table.ts has it in SQL, by the clock of the test. */
function openWorld(): LeaseWorld {
  const clock = manualClock();
  const rows = new Map<string, { holder: string; epoch: number; expiresAt: number }>();
  const cuts = new Map<string, 'error' | 'silence'>();

  async function ask<T>(holder: string, answer: () => T): Promise<T> {
    const cut = cuts.get(holder);
    if (cut === 'silence') return new Promise<never>(() => undefined);
    if (cut === 'error') throw new Error('away');
    return answer();
  }

  function tableOf(holder: string): LeaseTable {
    const isMine = (name: string, epoch: number) => {
      const row = rows.get(name);
      return row?.holder === holder && row.epoch === epoch ? row : undefined;
    };
    return {
      acquire: (name) =>
        ask(holder, () => {
          const row = rows.get(name);
          if (row && row.expiresAt > clock.now() && row.holder !== holder) return null;
          const epoch = (row?.epoch ?? 0) + 1;
          rows.set(name, { holder, epoch, expiresAt: clock.now() + TERM_MS });
          return epoch;
        }),
      renew: (name, epoch) =>
        ask(holder, () => {
          const row = isMine(name, epoch);
          if (row) row.expiresAt = clock.now() + TERM_MS;
          return row !== undefined;
        }),
      release: (name, epoch) =>
        ask(holder, () => {
          const row = isMine(name, epoch);
          if (row) row.expiresAt = clock.now();
        }),
    };
  }

  return {
    clock,
    holder: (name) => createLease({ table: tableOf(name), clock, log: { warn: () => {} }, termMs: TERM_MS }),
    cut: (name, how) => void cuts.set(name, how),
    heal: (name) => void cuts.delete(name),
  };
}

leaseSuite('by a table', openWorld);

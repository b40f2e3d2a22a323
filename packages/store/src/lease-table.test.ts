import { describe, expect, it } from 'vitest';
import { aStoreForAll } from '../test/a-store.ts';
import { anId } from '../test/samples.ts';
import { createLeaseTable } from './lease-table.ts';

const under = aStoreForAll();
const LONG_MS = 600_000;

const tableOf = (holder: string, termMs = LONG_MS) => createLeaseTable(under.store.sql, holder, termMs);

describe('the lease table', () => {
  it('gives a lease to one of many that ask at once', async () => {
    const name = anId();
    const asked = await Promise.all(['a', 'b', 'c', 'd'].map((holder) => tableOf(holder).acquire(name)));
    expect(asked.filter((epoch) => epoch !== null)).toEqual([1]);
  });

  it('gives it to the next once it was given back, with a higher epoch', async () => {
    const name = anId();
    await tableOf('a').acquire(name);
    expect(await tableOf('b').acquire(name)).toBeNull();
    await tableOf('a').release(name, 1);
    expect(await tableOf('b').acquire(name)).toBe(2);
    expect(await tableOf('a').renew(name, 1)).toBe(false);
    await tableOf('a').release(name, 1);
    expect(await tableOf('b').renew(name, 2)).toBe(true);
  });

  it('gives it to the next once its term has ended', async () => {
    const name = anId();
    await tableOf('a', 0).acquire(name);
    expect(await tableOf('b').acquire(name)).toBe(2);
  });

  it('gives it back at once to a holder that comes again', async () => {
    const name = anId();
    await tableOf('a').acquire(name);
    expect(await tableOf('a').acquire(name)).toBe(2);
    expect(await tableOf('a').renew(name, 1)).toBe(false);
  });

  it('is what the store’s own lease goes by', async () => {
    const name = anId();
    const [first, second] = await Promise.all([under.another({ holder: 'a' }), under.another({ holder: 'b' })]);
    const order: number[] = [];
    await first.lease.hold(name, async (epoch) => void order.push(epoch), new AbortController().signal);
    await second.lease.hold(name, async (epoch) => void order.push(epoch), new AbortController().signal);
    expect(order).toEqual([1, 2]);
  });
});

import { expect, it, vi } from 'vitest';
import { createHold } from './hold-lease.ts';

function aHold({ failsToRelease = false } = {}) {
  const did: string[] = [];
  const losing = new AbortController();
  const hold = createHold({
    acquire: async (name, signal) => (signal.aborted ? undefined : { name, epoch: 7 }),
    keep: (held, ended) =>
      new Promise((resolve) => {
        for (const signal of [ended, losing.signal]) signal.addEventListener('abort', () => resolve(), { once: true });
        did.push(`keeps ${held.name}`);
      }),
    release: async ({ name }) => {
      if (failsToRelease) throw new Error('away');
      did.push(`gives ${name} back`);
    },
    log: { warn: (_, message) => void did.push(message) },
  });
  return { did, hold, lose: () => losing.abort() };
}

const never = new AbortController().signal;
const lossOf = (lost: AbortSignal) =>
  new Promise<void>((resolve) => {
    lost.addEventListener('abort', () => resolve(), { once: true });
  });

it('a lease is kept while the work runs, and given back after it', async () => {
  const { did, hold } = aHold();
  await hold('work', async (epoch) => void did.push(`works in ${epoch}`), never);
  expect(did).toEqual(['keeps work', 'works in 7', 'gives work back']);
});

it('work is told when the lease is lost, or when nobody wants it any more', async () => {
  const { did, hold, lose } = aHold();
  const stop = new AbortController();
  const unwanted = hold('one', (_, lost) => lossOf(lost), stop.signal);
  const lost = hold('other', (_, signal) => lossOf(signal), never);
  await vi.waitFor(() => expect(did).toEqual(['keeps one', 'keeps other']));
  stop.abort();
  await unwanted;
  expect(did.at(-1)).toBe('gives one back');
  lose();
  await lost;
  expect(did.at(-1)).toBe('gives other back');
});

it('a name is held once at a time, others meanwhile; who stops waiting gets none', async () => {
  const { did, hold } = aHold();
  const first = Promise.withResolvers<void>();
  const stop = new AbortController();
  const held = hold('work', () => first.promise, never);
  const next = hold('work', async () => void did.push('next'), never);
  const unwanted = hold('work', async () => void did.push('unwanted'), stop.signal);
  await hold('else', async () => void did.push('else'), never);
  stop.abort();
  await unwanted;
  expect(did.filter((one) => !one.includes(' '))).toEqual(['else']);
  first.resolve();
  await Promise.all([held, next]);
  expect(did.filter((one) => !one.includes(' '))).toEqual(['else', 'next']);
});

it('one that cannot be given back is left to end by itself', async () => {
  const { did, hold } = aHold({ failsToRelease: true });
  await hold('work', async () => undefined, never);
  expect(did).toEqual(['keeps work', 'cannot give a lease back, it ends by itself']);
});

import type { LogChunk, RefusedChunk, Topic } from '@chatwarden/contracts';
import type { Bus, Handle } from '@chatwarden/bus';
import { manualClock, NOON } from '@chatwarden/testkit';
import { expect, it } from 'vitest';
import { replay } from './replay.ts';

function aRefusedChunk(id: string, at: number): RefusedChunk {
  const lines = new Uint8Array(Buffer.from('{}\n'));
  return { id, service: 'shop', day: '2026-11-24', ids: [id], lines, reasons: ['no'], at };
}

/** Hands the chunks over one by one, each until its handler takes it or cannot. */
function aBus(chunks: readonly RefusedChunk[]) {
  const left = [...chunks];
  const published: LogChunk[] = [];
  const delivery = { signal: new AbortController().signal, count: () => {} };
  let closed = 0;
  const bus = {
    publish: async (_: Topic, records: readonly unknown[]) => void published.push(...(records as LogChunk[])),
    subscribe: async ({ handle }: { handle: unknown }) => {
      void (async () => {
        for (let [next] = left; next; [next] = left) {
          await (handle as Handle<'logs.refused'>)([next], delivery);
          left.shift();
        }
      })().catch(() => {});
      return { close: async () => void (closed += 1) };
    },
  } as unknown as Pick<Bus, 'publish' | 'subscribe'>;
  return { bus, published, left, pending: async () => left.length, closed: () => closed };
}

it('posts chunks again without what was said about them', async () => {
  const { bus, published, pending, closed } = aBus([aRefusedChunk('1', NOON - 2), aRefusedChunk('2', NOON - 1)]);
  expect(await replay({ bus, pending, clock: manualClock() }, new AbortController().signal)).toBe(2);
  const { reasons: _, at: __, ...again } = aRefusedChunk('1', 0);
  expect(published[0]).toEqual(again);
  expect(published.map(({ id }) => id)).toEqual(['1', '2']);
  expect(closed()).toBe(1);
});

it('has nothing to do when nothing waits', async () => {
  const { bus, pending, closed } = aBus([]);
  expect(await replay({ bus, pending, clock: manualClock() }, new AbortController().signal)).toBe(0);
  expect(closed()).toBe(0);
});

it('leaves what is refused after it began to the next one', async () => {
  const { bus, published, left, pending } = aBus([aRefusedChunk('1', NOON - 1), aRefusedChunk('2', NOON)]);
  const stop = new AbortController();
  const clock = manualClock();
  const replaying = replay({ bus, pending, clock }, stop.signal);
  await clock.advance(500);
  expect([published.length, left.length]).toEqual([1, 1]);
  stop.abort();
  expect(await replaying).toBe(1);
});

it('ends when retention took what it waits for', async () => {
  const { bus, pending } = aBus([]);
  let asked = 0;
  const vanishing = async () => ((asked += 1) === 1 ? 3 : pending());
  const clock = manualClock();
  const replaying = replay({ bus, pending: vanishing, clock }, new AbortController().signal);
  await clock.advance(0);
  await clock.advance(500);
  expect(await replaying).toBe(0);
});

import { expect, it } from 'vitest';
import { lostBefore, placeOf } from './place-batch.ts';

const at = (fetchedOffset: bigint, next: bigint | undefined, { low = 0n, high = 100n } = {}) =>
  placeOf({ fetchedOffset, highWatermark: high }, next, async () => ({ low, high }));

it.each([
  { name: 'the first batch of a group', fetched: 7n, next: undefined, ends: {}, place: { at: 'position' } },
  { name: 'the next batch', fetched: 7n, next: 7n, ends: {}, place: { at: 'position' } },
  { name: 'one that was fetched before a rebalance', fetched: 3n, next: 7n, ends: {}, place: { at: 'elsewhere' } },
  { name: 'one that skips records', fetched: 9n, next: 7n, ends: { low: 2n }, place: { at: 'elsewhere' } },
  { name: 'a gap', fetched: 9n, next: 7n, ends: { low: 9n }, place: { at: 'beyondRetention', lost: 2n } },
  { name: 'a topic that got shorter', fetched: 0n, next: 7n, ends: { high: 5n }, place: { at: 'beforeTruncation' } },
])('knows $name', async ({ fetched, next, ends, place }) => {
  expect(await at(fetched, next, ends)).toEqual(place);
});

it('believes no jump while the ends of the topic are not known', async () => {
  const place = await placeOf({ fetchedOffset: 9n, highWatermark: 10n }, 7n, async () => undefined);
  expect(place).toEqual({ at: 'elsewhere' });
});

it('tells what retention took while nobody was there', () => {
  expect(lostBefore(3n, 5n)).toEqual({ at: 'beyondRetention', lost: 2n });
  expect([lostBefore(5n, 5n), lostBefore(undefined, 5n)]).toEqual([undefined, undefined]);
});

import { expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

it('doubles the pause with every failure, up to half a minute, and leaves half of it to chance', () => {
  const failures = [1, 2, 3, 9, 10, 1000];
  expect(failures.map((count) => backoffMs(count, () => 1))).toEqual([100, 200, 400, 25_600, 30_000, 30_000]);
  expect(failures.map((count) => backoffMs(count, () => 0))).toEqual([50, 100, 200, 12_800, 15_000, 15_000]);
});

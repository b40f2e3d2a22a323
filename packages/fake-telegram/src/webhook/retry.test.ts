import { expect, it } from 'vitest';
import { afterFailure, NO_ATTEMPTS } from './retry.ts';

/** The waits in seconds when the bot asks each time for so long. */
function waits(...asked: number[]): number[] {
  let attempts = NO_ATTEMPTS;
  return asked.map((retryAfterS) => {
    const { waitS, ...rest } = afterFailure(attempts, retryAfterS);
    attempts = rest;
    return waitS;
  });
}

it('waits not at all, then twice as long each time, to a minute', () => {
  expect(waits(0, 0, 0, 0, 0, 0, 0, 0, 0)).toEqual([0, 2, 4, 8, 16, 32, 60, 60, 60]);
});

it('waits as long as asked, to an hour, and doubles nothing meanwhile', () => {
  expect(waits(5, 9000, 0, 7, 0)).toEqual([5, 3600, 2, 7, 4]);
});

it('ignores a time to wait that is none', () => {
  expect(waits(-5, -5)).toEqual([0, 2]);
});

import { expect, it } from 'vitest';
import { dayOf, firstKeptDay, lastOpenDay } from './days.ts';

const MIDNIGHT = Date.UTC(2026, 10, 24);
const HOUR_MS = 3_600_000;

it('names the UTC day', () => {
  expect(dayOf(MIDNIGHT - 1)).toBe('2026-11-23');
  expect(dayOf(MIDNIGHT)).toBe('2026-11-24');
});

it('keeps a day until it has ended more than the kept days ago', () => {
  expect(firstKeptDay(MIDNIGHT, 7)).toBe('2026-11-16');
  expect(firstKeptDay(MIDNIGHT + 1, 7)).toBe('2026-11-17');
  expect(firstKeptDay(MIDNIGHT + 23 * HOUR_MS, 7)).toBe('2026-11-17');
});

it('takes a day ahead, for clocks that are not ours', () => {
  expect(lastOpenDay(MIDNIGHT)).toBe('2026-11-25');
});

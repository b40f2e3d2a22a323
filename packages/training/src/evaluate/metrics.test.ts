import { expect, test } from 'vitest';
import { atThreshold, bestF1, recallAt, wilson, type Ranked } from './metrics.ts';

const ranked = (spam: number[], ham: number[]): Ranked[] => [
  ...spam.map((score) => ({ score, spam: true })),
  ...ham.map((score) => ({ score, spam: false })),
];

test('Wilson bounds are those of the textbook', () => {
  const { value, low, high } = wilson(8, 10);
  expect(value).toBe(0.8);
  expect(low).toBeCloseTo(0.4902, 3);
  expect(high).toBeCloseTo(0.9433, 3);
});

test('of nothing nothing is known', () => {
  expect(wilson(0, 0)).toEqual({ value: 0, low: 0, high: 1 });
});

test('recall counts spam above the ham that the rate does not forgive', () => {
  const items = ranked([9, 7, 5, 3], [8, 6, 1, 0]);
  expect(recallAt(items, 0).value).toBe(0.25);
  expect(recallAt(items, 0.25).value).toBe(0.5);
  expect(recallAt(items, 0.5).value).toBe(1);
});

test('spam that ties with the threshold is not caught', () => {
  expect(recallAt(ranked([5, 5], [5]), 0).value).toBe(0);
});

test('a threshold has precision, recall, F1 and false-positive rate', () => {
  expect(atThreshold(ranked([2, 1, -1], [1, -1, -1, -1]), 0)).toEqual({
    precision: 2 / 3,
    recall: 2 / 3,
    f1: 2 / 3,
    falsePositiveRate: 0.25,
  });
  expect(atThreshold([], 0)).toEqual({ precision: 0, recall: 0, f1: 0, falsePositiveRate: 0 });
});

test('the best F1 takes tied scores together', () => {
  expect(bestF1(ranked([3, 2], [1]))).toBe(1);
  expect(bestF1(ranked([1], [1]))).toBeCloseTo(2 / 3);
});

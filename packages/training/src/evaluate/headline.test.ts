import { expect, test } from 'vitest';
import { fallen } from './headline.ts';

const figure = (name: string, value: number) => ({ name, value, low: value - 0.05, high: value + 0.05 });

test('a figure below the lower bound of what was recorded fell', () => {
  expect(fallen([figure('a', 0.8)], [figure('a', 0.9)])).toEqual([
    'a: 80.0 %, recorded 90.0 % with a lower bound of 85.0 %',
  ]);
});

test('a figure within its noise did not fall, nor did a better one', () => {
  expect(fallen([figure('a', 0.86), figure('b', 1)], [figure('a', 0.9), figure('b', 0.5)])).toEqual([]);
});

test('a figure that is missing fell, unless its set is not asked for', () => {
  expect(fallen([], [figure('a', 0.9)])).toEqual(['a: recorded 90.0 %, not measured now']);
  expect(fallen([], [figure('a', 0.9)], () => false)).toEqual([]);
});

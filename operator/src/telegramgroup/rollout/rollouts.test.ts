import { expect, it } from 'vitest';
import { createRollouts } from './rollouts.ts';

it('lets so many groups roll at once, and the others when a place is free', () => {
  const rollouts = createRollouts(2);
  expect(['a', 'b', 'c', 'a'].map((key) => rollouts.mayRoll(key, false))).toEqual([true, true, false, true]);
  expect(rollouts.done('a')).toEqual(['c']);
  expect(rollouts.mayRoll('c', false)).toBe(true);
});

it('lets a group go on that was in the middle of it, above the number if need be', () => {
  const rollouts = createRollouts(1);
  expect([rollouts.mayRoll('a', true), rollouts.mayRoll('b', true), rollouts.mayRoll('c', false)]).toEqual([
    true,
    true,
    false,
  ]);
});

it('wakes nobody for a group that had no place', () => {
  const rollouts = createRollouts(1);
  rollouts.mayRoll('a', false);
  rollouts.mayRoll('b', false);
  expect([rollouts.done('c'), rollouts.done('b'), rollouts.done('a')]).toEqual([[], [], []]);
});

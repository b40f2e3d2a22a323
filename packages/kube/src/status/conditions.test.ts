import { NOON } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { findCondition, sameStatus, setCondition, type NewCondition } from './conditions.ts';

const ready: NewCondition = { type: 'Ready', status: 'True', reason: 'Fine', message: 'works', observedGeneration: 1 };
const MINUTE_MS = 60_000;

describe('a condition', () => {
  it('keeps its time unless its status flips', () => {
    const first = setCondition([], ready, NOON);
    expect(first).toEqual([{ ...ready, lastTransitionTime: '2026-11-24T12:00:00Z' }]);
    const told = setCondition(first, { ...ready, reason: 'Better', observedGeneration: 2 }, NOON + MINUTE_MS);
    expect(told[0]).toMatchObject({ reason: 'Better', observedGeneration: 2 });
    expect(told[0]?.lastTransitionTime).toBe('2026-11-24T12:00:00Z');
    const flipped = setCondition(told, { ...ready, status: 'False', reason: 'Broken' }, NOON + MINUTE_MS);
    expect(flipped[0]?.lastTransitionTime).toBe('2026-11-24T12:01:00Z');
  });

  it('stays in its place, and leaves the list of before as it was', () => {
    const paused: NewCondition = { ...ready, type: 'Paused', status: 'False' };
    const before = setCondition(setCondition([], ready, NOON), paused, NOON);
    const after = setCondition(before, { ...ready, status: 'Unknown' }, NOON);
    expect(after.map(({ type }) => type)).toEqual(['Ready', 'Paused']);
    expect(findCondition(after, 'Ready')).toMatchObject({ status: 'Unknown' });
  });

  it('that is not there is not found', () => {
    expect(findCondition(undefined, 'Ready')).toBeUndefined();
    expect(findCondition([], 'Ready')).toBeUndefined();
  });
});

describe('two statuses', () => {
  const status = { observedGeneration: 1, replicas: undefined, conditions: setCondition([], ready, NOON) };

  it('say the same whatever the order of what they say', () => {
    const paused: NewCondition = { ...ready, type: 'Paused' };
    const [one, other] = [
      setCondition(setCondition([], ready, NOON), paused, NOON),
      setCondition(setCondition([], paused, NOON + MINUTE_MS), ready, NOON + MINUTE_MS),
    ];
    expect(sameStatus({ a: { x: 1, y: 2 }, conditions: one }, { conditions: other, a: { y: 2, x: 1 } })).toBe(true);
    expect(sameStatus(status, { conditions: status.conditions, observedGeneration: 1 })).toBe(true);
    expect(sameStatus(undefined, {})).toBe(true);
  });

  it.each([
    ['a message', { ...status, conditions: setCondition(status.conditions, { ...ready, message: 'odd' }, NOON) }],
    ['a status', { ...status, conditions: setCondition(status.conditions, { ...ready, status: 'False' }, NOON) }],
    ['a number', { ...status, observedGeneration: 2 }],
    ['a condition less', { ...status, conditions: [] }],
    ['a field more', { ...status, replicas: 0 }],
  ])('differ by %s', (_what, other) => {
    expect(sameStatus(status, other)).toBe(false);
  });
});

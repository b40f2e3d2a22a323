import { describe, expect, it } from 'vitest';
import type { PartitionState } from './assignment.ts';
import { toLag, whyStuck } from './watch.ts';

const NOW = 100_000;
const STUCK_AFTER_MS = 60_000;
const ends = new Map([[0, { low: 2n, high: 12n }]]);

const aState = (over: Partial<PartitionState> = {}): PartitionState => ({
  partition: 0,
  next: 10n,
  counts: {},
  movedAt: NOW - STUCK_AFTER_MS,
  inHand: false,
  oldestAt: undefined,
  tooNew: false,
  ...over,
});
const why = (state: PartitionState, over: Partial<Parameters<typeof whyStuck>[0]> = {}) =>
  whyStuck(
    { partitions: [state], isPaused: false, polledAt: NOW, ...over },
    { now: NOW, stuckAfterMs: STUCK_AFTER_MS, ends },
  );

describe('a member is stuck', () => {
  it('when a partition has records and has not moved', () => {
    expect(why(aState())).toContain('partition 0 has records');
  });

  it('when it asks for nothing, even with nothing to do', () => {
    expect(why(aState({ next: 12n }), { polledAt: NOW - STUCK_AFTER_MS })).toContain('asked for nothing');
  });

  it.each([
    ['a partition moved lately', aState({ movedAt: NOW - 1 }), {}],
    ['there is nothing to do', aState({ next: 12n }), {}],
    ['a handler takes its time', aState({ inHand: true }), { polledAt: 0 }],
    ['it is paused', aState(), { isPaused: true }],
    ['the next record needs a newer version', aState({ tooNew: true }), {}],
  ])('not while %s', (_name, state, over) => {
    expect(why(state, over)).toBeUndefined();
  });
});

describe('lag', () => {
  it('counts from what retention has left, and tells the age of what is oldest', () => {
    expect(toLag(aState({ next: undefined, oldestAt: NOW - 500 }), ends.get(0), NOW)).toEqual({
      partition: 0,
      records: 10,
      oldestMs: 500,
    });
    expect(toLag(aState({ next: 12n }), ends.get(0), NOW)).toEqual({ partition: 0, records: 0, oldestMs: 0 });
  });
});

import { describe, expect, it } from 'vitest';
import { aTelegramGroup } from '../../test/builders.ts';
import { createGroupIndex } from './group-index.ts';

const at = (minute: number) => `2026-11-26T10:0${minute}:00Z`;

describe('the index of TelegramGroups', () => {
  it('knows the eldest of a chat, and the next one when it is gone', () => {
    const index = createGroupIndex(10);
    index.put(aTelegramGroup({ name: 'second', createdAt: at(2) }));
    index.put(aTelegramGroup({ name: 'first', createdAt: at(1) }));
    expect(index.eldestOf(-1_001_000_000_001)).toBe('team/first');
    index.remove('team/first');
    expect(index.eldestOf(-1_001_000_000_001)).toBe('team/second');
    expect(index.eldestOf(-1_002_000_000_002)).toBeUndefined();
  });

  it('lets the uid decide among those of one second', () => {
    const index = createGroupIndex(10);
    index.put(aTelegramGroup({ name: 'b', uid: 'u2' }));
    index.put(aTelegramGroup({ name: 'a', uid: 'u3' }));
    index.put(aTelegramGroup({ name: 'c', uid: 'u1' }));
    expect(index.eldestOf(-1_001_000_000_001)).toBe('team/c');
    expect(index.othersOf(-1_001_000_000_001, 'team/c').toSorted()).toEqual(['team/a', 'team/b']);
  });

  it('gives the places for dedicated groups to the eldest, and a free one to who waits', () => {
    const index = createGroupIndex(2);
    for (const [name, minute] of [
      ['c', 3],
      ['a', 1],
      ['b', 2],
    ] as const) {
      index.put(aTelegramGroup({ name, createdAt: at(minute), spec: { isolation: 'Dedicated' } }));
    }
    index.put(aTelegramGroup({ name: 'shared', createdAt: at(0) }));
    const within = () => ['a', 'b', 'c', 'shared'].filter((name) => index.isWithinCeiling(`team/${name}`));
    expect([within(), index.waitingForPlace()]).toEqual([['a', 'b'], ['team/c']]);
    index.put(aTelegramGroup({ name: 'a', createdAt: at(1), spec: { isolation: 'Shared' } }));
    expect([within(), index.waitingForPlace()]).toEqual([['b', 'c'], []]);
  });

  it('finds a TelegramGroup by our own id of the group', () => {
    const index = createGroupIndex(2);
    index.put(aTelegramGroup({ name: 'a', status: { groupId: 'g0123456789abcdef' } }));
    expect(index.keyOfGroup('g0123456789abcdef')).toBe('team/a');
    index.remove('team/a');
    expect(index.keyOfGroup('g0123456789abcdef')).toBeUndefined();
  });
});

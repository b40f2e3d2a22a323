import { describe, expect, it } from 'vitest';
import { follow } from './follow.ts';

describe('following a list', () => {
  it('gives each entry once, in order', () => {
    const items = [{ n: 1 }, { n: 2 }];
    const next = follow(items);
    expect(next()).toEqual([{ n: 1 }, { n: 2 }]);
    expect(next()).toEqual([]);
    items.push({ n: 3 });
    expect(next()).toEqual([{ n: 3 }]);
  });

  it('goes on when old entries were dropped', () => {
    const items = [{ n: 1 }, { n: 2 }, { n: 3 }];
    const next = follow(items);
    next();
    items.splice(0, 2);
    items.push({ n: 4 });
    expect(next()).toEqual([{ n: 4 }]);
  });
});

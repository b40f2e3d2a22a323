import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveKey } from './derive-key.ts';
import { contentDigest, pseudonymOf } from './pseudonym.ts';

const master = new Uint8Array(32).fill(1);
const key = deriveKey(master, 'g0123456789abcdef', 'pseudonym');
const otherGroup = deriveKey(master, 'gfedcba9876543210', 'pseudonym');

describe('a pseudonym', () => {
  it('is always the same for one person in one group, and 32 hex digits', () => {
    fc.assert(
      fc.property(fc.integer(), (id) => {
        expect(pseudonymOf(key, id)).toMatch(/^[0-9a-f]{32}$/);
        expect(pseudonymOf(key, id)).toBe(pseudonymOf(key, id));
      }),
    );
  });

  it('differs between people and between groups', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (a, b) => {
        fc.pre(a !== b);
        expect(pseudonymOf(key, a)).not.toBe(pseudonymOf(key, b));
        expect(pseudonymOf(key, a)).not.toBe(pseudonymOf(otherGroup, a));
      }),
    );
  });

  it('stays what it is from release to release, or every history would be lost', () => {
    expect(pseudonymOf(key, 501)).toBe('2f348c89772e7a1ecb835941647711d2');
  });
});

describe('a content digest', () => {
  it('is equal for equal text only', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(contentDigest(key, a) === contentDigest(key, b)).toBe(a === b);
      }),
    );
  });
});

describe('the keys of one group', () => {
  it('differ by purpose, in bytes and in id', () => {
    const keys = (['digest', 'pseudonym', 'seal'] as const).map((purpose) => deriveKey(master, 'g0', purpose));
    expect(new Set(keys.map((each) => each.id)).size).toBe(3);
    expect(new Set(keys.map((each) => Buffer.from(each.bytes).toString('hex'))).size).toBe(3);
  });
});

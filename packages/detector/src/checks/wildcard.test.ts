import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wildcardIn } from './wildcard.ts';

describe('wildcards', () => {
  test.each([
    { text: 'free money now', pattern: 'free*now', wholeWords: true, found: true },
    { text: 'free money', pattern: 'free*now', wholeWords: true, found: false },
    { text: 'carefree', pattern: 'free', wholeWords: true, found: false },
    { text: 'carefree', pattern: '*free', wholeWords: true, found: true },
    { text: 'freedom', pattern: 'free', wholeWords: false, found: true },
    { text: 'freedom', pattern: 'free*', wholeWords: true, found: true },
    { text: 'anything', pattern: '*', wholeWords: true, found: false },
  ])('$text against $pattern, whole words $wholeWords: $found', ({ text, pattern, wholeWords, found }) => {
    expect(wildcardIn(text, pattern, { wholeWords })).toBe(found);
  });

  /** The same asked of a backtracking search, which is right but slow. */
  function slowlyIn(text: string, pattern: string, wholeWords: boolean): boolean {
    const parts = pattern.split('*').filter((part) => part !== '');
    if (parts.length === 0) return false;
    const border = String.raw`(?:(?<![\p{L}\p{N}])|(?![\p{L}\p{N}]))`;
    const open = wholeWords && !pattern.startsWith('*') ? border : '';
    const close = wholeWords && !pattern.endsWith('*') ? border : '';
    return new RegExp(open + parts.join('[^]*') + close, 'u').test(text);
  }

  test('are found as a slow search finds them', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 14 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '*'), maxLength: 6 });
    fc.assert(
      fc.property(letters, pattern, fc.boolean(), (text, wild, wholeWords) => {
        expect(wildcardIn(text, wild, { wholeWords })).toBe(slowlyIn(text, wild, wholeWords));
      }),
      { numRuns: 2000 },
    );
  });
});

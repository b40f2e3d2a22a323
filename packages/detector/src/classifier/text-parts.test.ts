import { expect, test } from 'vitest';
import { createCanonicalizer } from './canonical-text.ts';
import { quartersOf } from './text-parts.ts';

function cut(text: string): string[] {
  const canonical = createCanonicalizer()(text);
  const [second, third, fourth] = quartersOf(canonical).starts;
  const chars = String.fromCharCode(...canonical.codes.subarray(0, canonical.length));
  return [chars.slice(0, second), chars.slice(second, third), chars.slice(third, fourth), chars.slice(fourth)].map(
    (part) => part.trim(),
  );
}

test('a text is cut where a sentence ends near the middle', () => {
  expect(cut('we went to the lake. earn money with us today')).toEqual([
    'we went to',
    'the lake.',
    'earn money',
    'with us today',
  ]);
});

test('without a sentence that ends near the middle it is cut between words', () => {
  const [first, second] = cut('hi. one two eight four five six seven');
  expect(`${first} ${second}`).toBe('hi. one two eight');
});

test('letters are counted by quarter, links and numbers are none', () => {
  const text = createCanonicalizer()('ab cd 1234 efg');
  expect(quartersOf(text).letters.reduce((sum, letters) => sum + letters)).toBe(7);
});

test('one word is one part', () => {
  expect(cut('abcdef').filter((part) => part !== '')).toEqual(['abcdef']);
});

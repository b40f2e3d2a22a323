import { expect, test } from 'vitest';
import { textParts } from './text-parts.ts';

test('a text is cut where a sentence ends near its middle', () => {
  expect(textParts('we went to the lake. earn money with us today', 1)).toEqual([
    'we went to the lake.',
    'earn money with us today',
  ]);
});

test('without a sentence that ends near the middle it is cut between words', () => {
  expect(textParts('hi. one two three four five six seven', 1)).toEqual(['hi. one two three', 'four five six seven']);
});

test('halves come before quarters', () => {
  expect(textParts('a b c d')).toEqual(['a b', 'c d', 'a', 'b', 'c', 'd']);
});

test('one word has no parts', () => {
  expect(textParts('abcdef')).toEqual([]);
});

import { expect, test } from 'vitest';
import type { FoldFacts, Folded } from '../prepared.ts';
import { READ_MAX } from './canonical-text.ts';
import { BUCKETS, createFeatureExtractor } from './features.ts';

const NO_FACTS: FoldFacts = {
  length: 0,
  letters: 0,
  scripts: {},
  foldedLetters: 0,
  ornamentalLetters: 0,
  signLetters: 0,
  mixedScriptWords: 0,
  latinIWords: 0,
  invisible: 0,
  directionMarks: 0,
  directionOverrides: 0,
  stackedMarks: 0,
  spacedLetters: 0,
  emoji: 0,
  digits: 0,
  upperCase: 0,
  words: 0,
};

const folded = (text: string, facts: Partial<FoldFacts> = {}): Folded => ({ text, facts: { ...NO_FACTS, ...facts } });

const extract = createFeatureExtractor();

function bucketsOf(text: string, facts: Partial<FoldFacts> = {}): number[] {
  const features = extract(folded(text, facts));
  return [...features.buckets.subarray(0, features.count)].toSorted((a, b) => a - b);
}

function wordCount(text: string): number {
  return extract(folded(text)).wordCount;
}

test('the same text has the same features, whatever was read before', () => {
  const first = bucketsOf('we pay 300 a day');
  bucketsOf('something else entirely');
  expect(bucketsOf('we pay 300 a day')).toEqual(first);
});

test('every feature is a bucket of the table and counts once', () => {
  const buckets = bucketsOf('la la la la la la');
  expect(new Set(buckets).size).toBe(buckets.length);
  for (const bucket of buckets) expect(bucket >= 0 && bucket < BUCKETS).toBe(true);
});

test('evidence grows with length', () => {
  expect(bucketsOf('earn money at home every day without experience').length).toBeGreaterThan(
    3 * bucketsOf('earn money').length,
  );
});

test('links are one feature whatever their address', () => {
  expect(bucketsOf('look https://casino.example/win?a=1 now')).toEqual(bucketsOf('look www.shop.example now'));
  expect(bucketsOf('look t.me/first now')).toEqual(bucketsOf('look https://telegram.me/second now'));
  expect(bucketsOf('look t.me/first now')).not.toEqual(bucketsOf('look casino.example now'));
});

test('handles are one feature whatever their name, a lone at sign is none', () => {
  expect(bucketsOf('write @first_one')).toEqual(bucketsOf('write @another9'));
  expect(bucketsOf('write @')).not.toEqual(bucketsOf('write @another9'));
});

test('numbers are told apart by their length only', () => {
  expect(bucketsOf('from 3500 a day')).toEqual(bucketsOf('from 9999 a day'));
  expect(bucketsOf('from 3500 a day')).not.toEqual(bucketsOf('from 35 a day'));
  expect(bucketsOf('من ٣٥٠٠')).toEqual(bucketsOf('من ٩٩٩٩'));
});

test('an abbreviation with dots is no link', () => {
  expect(bucketsOf('e.g. this')).not.toEqual(bucketsOf('shop.example this'));
  expect(bucketsOf('в л.с. пиши')).not.toEqual(bucketsOf('в shop.example пиши'));
});

test('a long run of one symbol is as loud as three', () => {
  expect(bucketsOf('now!!!!!!!!!')).toEqual(bucketsOf('now!!!'));
  expect(bucketsOf('beettttinngg')).toEqual(bucketsOf('beting'));
});

test('numbers, links and handles are not words of a language', () => {
  expect(wordCount('300 https://a.example/x @someone_here 5')).toBe(0);
  expect(wordCount('two words')).toBe(2);
});

test('a script without spaces has its single characters as features', () => {
  const [one, two] = [bucketsOf('钱'), bucketsOf('x钱x')];
  expect(one.filter((bucket) => two.includes(bucket)).length).toBeGreaterThan(0);
});

test('what folding undid is a feature of its own, and more of it more of them', () => {
  const plain = bucketsOf('casino bonus', { letters: 11 }).length;
  const some = bucketsOf('casino bonus', { letters: 11, foldedLetters: 1 }).length;
  const much = bucketsOf('casino bonus', { letters: 11, foldedLetters: 9 }).length;
  expect(some).toBeGreaterThan(plain);
  expect(much).toBeGreaterThan(some);
});

test('what stands beyond the reading limit changes nothing', () => {
  const long = 'word '.repeat(READ_MAX / 4);
  expect(bucketsOf(`${long}casino`)).toEqual(bucketsOf(`${long}kitchen`));
});

test('the longest texts of every kind fit the scratch memory', () => {
  const hanzi = Array.from({ length: 6000 }, (_, at) => String.fromCharCode(0x4e00 + at)).join('');
  const symbols = Array.from({ length: 6000 }, (_, at) => String.fromCharCode(0x2190 + (at % 2000))).join('');
  const letters = Array.from({ length: 3000 }, (_, at) => `${String.fromCharCode(0xac00 + at)} `).join('');
  for (const text of [hanzi, symbols, letters, ' '.repeat(9000), '@'.repeat(9000), 'a.'.repeat(4500), '']) {
    const features = extract(folded(text));
    expect(features.count).toBeLessThan(features.buckets.length);
    expect(features.wordCount).toBeLessThan(features.words.length);
  }
});

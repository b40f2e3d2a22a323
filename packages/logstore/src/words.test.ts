import { expect, it } from 'vitest';
import { aVerdictEvent } from './contract/a-log-event.ts';
import { searchWords, wordsOf } from './words.ts';

it('cuts at everything that is neither letter nor digit', () => {
  expect(wordsOf('1 link to casino.example/x?y=2')).toEqual(['1', 'link', 'to', 'casino', 'example', 'x', 'y', '2']);
});

it('folds case and compatibility forms, of every script', () => {
  expect(wordsOf('КАЗИНО Ｃａｓｉｎｏ')).toEqual(['казино', 'casino']);
});

it('has each word once, and no more than an index should bear', () => {
  expect(wordsOf('a A a')).toEqual(['a']);
  const message = Array.from({ length: 1000 }, (_, i) => `w${i}`).join(' ');
  expect(searchWords(aVerdictEvent({ message }))).toHaveLength(256);
  expect(wordsOf('x'.repeat(500))[0]).toHaveLength(64);
});

import { expect, test } from 'vitest';
import { groupedFolds, templateGroups } from './template-groups.ts';

const OFFER = 'Looking for two people for remote work, from 18 years, paid daily, write to';

test('copies of one template are one group whatever number and handle they carry', () => {
  const [a, b, c] = templateGroups([
    `${OFFER} @first, 300 a day`,
    'who has the keys to the attic?',
    `${OFFER} @second, 450 a day`,
  ]);
  expect(c).toBe(a);
  expect(b).not.toBe(a);
});

test('short texts are grouped with their exact copies only', () => {
  expect(templateGroups(['ok thanks', 'Ok, thanks!', 'ok thank you'])).toEqual([0, 0, 2]);
});

test('texts without words are told apart by what they are', () => {
  expect(templateGroups(['👍', '🔥', '👍'])).toEqual([0, 1, 0]);
});

test('a chain of similar texts is one group, named after its first', () => {
  const words = Array.from(
    { length: 60 },
    (_, index) => `word${String.fromCharCode(97 + (index % 26))}${'x'.repeat(index % 7)}`,
  );
  const from = (start: number): string => words.slice(start, start + 40).join(' ');
  expect(new Set(templateGroups([from(0), from(20), from(10)]))).toEqual(new Set([0]));
});

test('a fold never splits a group and every fold is used', () => {
  const texts = Array.from(
    { length: 200 },
    (_, index) => `message about topic ${'abcdefghij'[index % 10]}${index % 50} again`,
  );
  const groups = templateGroups(texts);
  const folds = groupedFolds(texts, 5);
  for (const [index, group] of groups.entries()) expect(folds[index]).toBe(folds[group]);
  expect(groupedFolds(texts, 5)).toEqual(folds);
});

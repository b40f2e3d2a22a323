import { beforeAll, expect, test } from 'vitest';
import type { Labelled } from '../corpora/labelled.ts';
import { toSamples } from '../train/to-samples.ts';
import { evaluateFolds } from './evaluate-folds.ts';
import { evaluateBaseline, evaluateSet, LENGTH_ONLY } from './evaluate-sets.ts';
import type { Figures } from './figures.ts';
import { toTable } from './tables.ts';

const ROWS: Labelled[] = [
  { text: 'earn 300 a day', label: 'spam' },
  { text: 'hi', label: 'ham' },
];

/** Knows one word. */
const MODEL = {
  id: 'm',
  prior: 0.5,
  trainedOn: 'nothing',
  classify: ({ folded }: { folded: { text: string } }) => ({
    logit: folded.text.includes('earn') ? 2 : -2,
    covered: folded.text.includes('earn'),
    reason: '',
  }),
};

test('a set is ranked by the log-odds that production would see', () => {
  const figures = evaluateSet('two', ROWS, MODEL);
  expect(figures).toMatchObject({ set: 'two', scorer: 'model', spam: 1, ham: 1, bestF1: 1, covered: 0.5 });
  expect(figures.recall.map((share) => share.value)).toEqual([1, 1, 1, 1]);
  expect(figures.atZero).toEqual({ precision: 1, recall: 1, f1: 1, falsePositiveRate: 0 });
  expect(figures.logLoss).toBeCloseTo(Math.log1p(Math.exp(-2)));
});

test('a baseline has no zero and no coverage', () => {
  const figures = evaluateBaseline('two', ROWS, LENGTH_ONLY);
  expect(figures).toMatchObject({ scorer: 'length only', bestF1: 1 });
  expect(figures).not.toHaveProperty('covered');
});

let folds: Figures[];
beforeAll(() => {
  const rows = Array.from({ length: 120 }, (_, index): Labelled => {
    const spam = index % 2 === 0;
    return {
      text: `${spam ? 'win casino money' : 'cook soup tonight'} ${'abcdefghijkl'[index % 12]}${index}q`,
      label: spam ? 'spam' : 'ham',
      lang: 'en',
    };
  });
  folds = evaluateFolds(toSamples(rows, 'toy'));
});

test('cross-validation stands beside naive Bayes and length, and is told by language', () => {
  expect(folds.map(({ set, scorer }) => `${set}: ${scorer}`)).toEqual([
    'all: model, grouped folds',
    'all: naive Bayes, same folds',
    'all: length only',
    'en: model, grouped folds',
  ]);
});

test('a table has a line a row and names the rates', () => {
  const table = toTable('Title', [evaluateSet('two', ROWS, MODEL), evaluateBaseline('two', ROWS, LENGTH_ONLY)]);
  expect(table.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(4);
  expect(table).toContain('recall at 0.23 % FPR');
  expect(table).toMatch(/\| two +\| model +\| 1 \/ 1/);
});

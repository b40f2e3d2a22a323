import { beforeAll, expect, test } from 'vitest';
import type { Model } from '@chatwarden/detector';
import type { Labelled } from '../corpora/labelled.ts';
import { toSamples } from '../train/to-samples.ts';
import { actFigures, coverageAtPrecision } from './act-figures.ts';
import { attackCosts } from './attack-cost.ts';
import { ablateChecks } from './check-ablation.ts';
import { judgeRows } from './judge-rows.ts';
import { evaluateParts } from './parts-of-training.ts';
import { evaluateThrowaway } from './throwaway.ts';

/** Sure of what says "casino". */
const MODEL: Model = {
  id: 'm',
  prior: 0.5,
  trainedOn: 'nothing',
  classify: ({ folded }) => ({ logit: folded.text.includes('casino') ? 6 : -3, covered: true, reason: '' }),
};
const SPAM: Labelled = { text: 'casino bonus for all', label: 'spam' };
const HAM: Labelled = { text: 'see you at the lake', label: 'ham' };

test("a message is judged as a newcomer's first, text and checks together", () => {
  expect(judgeRows([SPAM, HAM], MODEL).map(({ band }) => band)).toEqual(['act', 'allow']);
});

test('what stands around a text is judged as well', () => {
  const hidden = {
    ...HAM,
    meta: { hidden_link: 'https://lugo.example', via_bot: true, buttons: ['Go https://lugo.example'] },
  };
  const [plain, around] = judgeRows([HAM, hidden], MODEL);
  expect(around?.score).toBeGreaterThan(plain?.score ?? 1);
});

test('precision and coverage of act, with the curve, and whether the aim was met', () => {
  const figures = actFigures('two', judgeRows([SPAM, HAM], MODEL));
  expect(figures).toMatchObject({
    precision: { value: 1 },
    coverage: { value: 1 },
    hamActed: { value: 0 },
    aimMet: true,
  });
  expect(actFigures('two', judgeRows([{ ...HAM, label: 'spam' }, HAM], MODEL)).aimMet).toBe(false);
  expect(figures.curve).toHaveLength(8);
});

test('coverage at a precision takes tied scores together', () => {
  const spam = [3, 2, 2].map((score) => ({ score, spam: true }));
  expect(coverageAtPrecision([...spam, { score: 2, spam: false }], 0.9).value).toBeCloseTo(1 / 3);
  expect(coverageAtPrecision(spam, 0.9).value).toBe(1);
});

test('an attack costs what it hides from the model', () => {
  const costs = attackCosts('two', [SPAM, SPAM, HAM], MODEL);
  expect(costs[0]).toMatchObject({ attack: 'none', text: { value: 1 }, textCost: 0 });
  expect(costs.find(({ attack, strength }) => attack === 'cut off' && strength === 0.6)?.text.value).toBe(1);
  const stars = costs.filter(({ attack, strength }) => attack === 'stars for letters' && strength === 0.6);
  expect(stars[0]?.textCost).toBe(100);
});

test('a check that does something is listed with what is lost without it', () => {
  const hidden = { text: 'look', label: 'spam', meta: { hidden_link: 'https://lugo.example' } } as const;
  const listed = ablateChecks([hidden, HAM], MODEL).map(({ without }) => without);
  expect(listed[0]).toBe('none');
});

let rows: Labelled[];
beforeAll(() => {
  rows = Array.from({ length: 200 }, (_, index): Labelled => {
    const word = `${'abcdefghijkl'[index % 12]}${index}q`;
    return index % 2 === 0
      ? { text: `win casino money ${word}`, label: 'spam', lang: 'en' }
      : { text: `cook soup tonight ${word}`, label: 'ham', lang: 'en' };
  });
});

test('a throwaway model is fitted to one part of a set and scored on the other', () => {
  const [model, bayes] = evaluateThrowaway('toy', rows);
  expect(model).toMatchObject({ set: 'toy', scorer: 'throwaway model', bestF1: 1 });
  expect(bayes?.scorer).toBe('naive Bayes, same split');
  expect((model?.spam ?? 0) + (model?.ham ?? 0)).toBeLessThan(rows.length / 2);
});

test('training data is measured by leaving parts out and putting sets in, never on what trained', () => {
  const training = [...toSamples(rows, 'own corpus'), ...toSamples(rows, 'more')];
  const sets = [
    { name: 'a', samples: toSamples(rows, 'a'), mayTrain: true },
    { name: 'b', samples: toSamples(rows, 'b'), mayTrain: false },
  ];
  const figures = evaluateParts(training, sets);
  expect(figures.map((row) => row.training)).toContain('without more');
  expect(figures.find((row) => row.training === 'with a')?.recall).not.toHaveProperty('a');
  expect(figures[0]?.recall['b']?.value).toBe(1);
});

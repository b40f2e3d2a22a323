import { decodeModel, encodeModel, readModelParts } from '@chatwarden/detector';
import { beforeAll, expect, test } from 'vitest';
import type { Labelled } from '../corpora/labelled.ts';
import { foldText } from '../fold-text.ts';
import { createRandom } from '../random.ts';
import { fitPlatt, logLoss, type Scored } from './calibrate.ts';
import { fitLogisticRegression, scoreOf, type Example } from './logistic-regression.ts';
import { minimize } from './minimize.ts';
import { quantize } from './quantize.ts';
import { toSamples } from './to-samples.ts';
import { trainModel } from './train-model.ts';

test('the minimum of a quadratic is found', () => {
  const point = minimize(
    ([x = 0, y = 0], gradient) => {
      gradient.set([2 * (x - 3), 20 * (y + 1)]);
      return (x - 3) ** 2 + 10 * (y + 1) ** 2;
    },
    new Float64Array(2),
    { iterationsMax: 50, tolerance: 1e-12 },
  );
  expect(point[0]).toBeCloseTo(3, 4);
  expect(point[1]).toBeCloseTo(-1, 4);
});

const example = (buckets: number[], spam: boolean, weight = 1): Example => ({
  buckets: Int32Array.from(buckets),
  spam,
  weight,
});

test('a bucket seen in spam only pulls up, one seen in ham only pulls down, one of both stays near zero', () => {
  const examples = [example([0, 2], true), example([1, 2], false)];
  const { weights } = fitLogisticRegression(examples, { buckets: 4, l2: 0.1 });
  expect(weights[0]).toBeGreaterThan(0.5);
  expect(weights[1]).toBeLessThan(-0.5);
  expect(weights[2]).toBeCloseTo(0, 2);
  expect(weights[3]).toBe(0);
});

test('an example of double weight counts as two', () => {
  const once = [example([0], true, 2), example([1], false)];
  const twice = [example([0], true), example([0], true), example([1], false)];
  const options = { buckets: 2, l2: 1, iterationsMax: 200 };
  const [a, b] = [fitLogisticRegression(once, options), fitLogisticRegression(twice, options)];
  expect(scoreOf(Int32Array.of(0), a)).toBeCloseTo(scoreOf(Int32Array.of(0), b), 6);
});

/** Scores that overstate by a factor of three and lean to spam by one. */
function overstated(): Scored[] {
  const random = createRandom(4);
  return Array.from({ length: 4000 }, () => {
    const logit = 6 * random() - 3;
    const spam = random() < 1 / (1 + Math.exp(-logit));
    return { score: 3 * logit + 1, spam, evidence: 1, group: 'latin' };
  });
}

test('calibration takes back what scores overstate', () => {
  const { slope, offset } = fitPlatt(overstated());
  expect(slope).toBeCloseTo(1 / 3, 1);
  expect(offset).toBeCloseTo(-1 / 3, 0);
});

test('calibration holds at a share of spam of one half, whatever the share in its data', () => {
  const all = overstated();
  const rare = all.filter((item, index) => !item.spam || index % 10 === 0);
  expect(fitPlatt(rare).offset).toBeCloseTo(fitPlatt(all).offset, 0);
});

test('calibrated log-odds lose less than raw scores', () => {
  const all = overstated();
  expect(logLoss(all, fitPlatt(all))).toBeLessThan(logLoss(all, { slope: 1, offset: 0 }));
});

test('a group that scores separate perfectly still gets finite numbers', () => {
  const items: Scored[] = [1, -1].map((score) => ({ score, spam: score > 0, evidence: 1, group: 'han' }));
  const { slope, offset } = fitPlatt(items);
  expect(Number.isFinite(slope) && Number.isFinite(offset)).toBe(true);
});

test('two bytes a weight keep every weight to within half a step', () => {
  const weights = Float64Array.of(0.5, -1.27, 0.004, 0);
  const { table, scale } = quantize(weights);
  expect(Math.max(...table.map(Math.abs))).toBe(32_767);
  for (const [index, weight] of weights.entries()) {
    expect(Math.abs((table[index] ?? 0) * scale - weight)).toBeLessThanOrEqual(scale / 2 + 1e-9);
  }
});

test('weights of nothing but zero quantize', () => {
  expect(quantize(new Float64Array(2)).table).toEqual(new Int16Array(2));
});

const SPAM = ['earn money from home', 'easy income every day', 'cheap loans without papers', 'free casino bonus'];
const HAM = ['the lift is broken again', 'who feeds the cat tonight', 'meeting moved to friday', 'the soup needs salt'];
const FILLER = ['really', 'today', 'friends', 'listen', 'also', 'maybe', 'for sure', 'again', 'please', 'right now'];

function toyCorpus(): Labelled[] {
  const random = createRandom(1);
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '';
  return Array.from({ length: 400 }, (_, index) => {
    const text = [pick(FILLER), pick(index % 2 === 0 ? SPAM : HAM), pick(FILLER), pick(FILLER)].join(' ');
    return { text, label: index % 2 === 0 ? 'spam' : 'ham' };
  });
}

let bytes: Uint8Array;
beforeAll(() => {
  bytes = encodeModel(trainModel(toSamples(toyCorpus(), 'toy'), 'toy'));
});

test('a model learns a toy corpus and judges new combinations of it', () => {
  const model = decodeModel(bytes);
  const logit = (text: string): number => model.classify({ folded: foldText(text) }).logit;
  expect(logit('listen friends, earn money from home right now')).toBeGreaterThan(1);
  expect(logit('the lift is broken again, please listen')).toBeLessThan(-1);
});

test('the same corpus gives the same bytes', () => {
  const again = encodeModel(trainModel(toSamples(toyCorpus(), 'toy'), 'toy'));
  expect(Buffer.from(again).equals(bytes)).toBe(true);
});

test('a script with too little training text is left out of the model', () => {
  expect(Object.keys(readModelParts(bytes).header.groups)).toEqual(['latin']);
});

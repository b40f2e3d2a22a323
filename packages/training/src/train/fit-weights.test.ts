import { expect, test } from 'vitest';
import type { Labelled } from '../corpora/labelled.ts';
import { fitWeights } from './fit-weights.ts';
import { scoreOf } from './logistic-regression.ts';
import { toSamples } from './to-samples.ts';

const ROWS: Labelled[] = [
  ...Array.from({ length: 20 }, (_, n): Labelled => ({
    text: `win casino money ${'abcdefghij'[n % 10]}x`,
    label: 'spam',
  })),
  ...Array.from({ length: 20 }, (_, n): Labelled => ({
    text: `cook soup tonight ${'abcdefghij'[n % 10]}x`,
    label: 'ham',
  })),
];

function scored(text: string): number {
  const [sample] = toSamples([{ text, label: 'ham' }], 'test');
  return sample === undefined ? Number.NaN : scoreOf(sample.buckets, fitWeights(toSamples(ROWS, 'toy')));
}

test('a text leans to the label whose words it has', () => {
  expect(scored('casino')).toBeGreaterThan(0);
  expect(scored('soup')).toBeLessThan(0);
});

test('a whole word says more than the same letters within others', () => {
  expect(scored('casino')).toBeGreaterThan(scored('xcasinox'));
});

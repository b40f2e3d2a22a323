/**
 * How the method does on text of a set's own kind: a model is fitted to seven tenths of the set's template groups, scores
 * the rest, and is thrown away. Only here may a set for evaluation fit anything; nothing of it is saved.
 */
import type { Labelled } from '../corpora/labelled.ts';
import { groupedFolds } from '../template-groups.ts';
import { fitRanker } from '../train/fit-ranker.ts';
import { toSamples } from '../train/to-samples.ts';
import { figuresOf, type Figures } from './figures.ts';
import { fitNaiveBayes } from './naive-bayes.ts';

const PARTS = 10;
const TEST_PARTS = 3;

export function evaluateThrowaway(set: string, rows: readonly Labelled[]): Figures[] {
  const foldOf = groupedFolds(
    rows.map((row) => row.text),
    PARTS,
  );
  const training = rows.filter((_row, index) => (foldOf[index] ?? 0) >= TEST_PARTS);
  const test = rows.filter((_row, index) => (foldOf[index] ?? 0) < TEST_PARTS);
  const rank = fitRanker(toSamples(training, set));
  const naiveBayes = fitNaiveBayes(training);
  const model = toSamples(test, set).map((sample) => ({ spam: sample.spam, score: rank(sample) }));
  const bayes = test.map(({ text, label }) => ({ spam: label === 'spam', score: naiveBayes(text) }));
  return [
    figuresOf({ set, scorer: 'throwaway model', items: model, calibrated: false }),
    figuresOf({ set, scorer: 'naive Bayes, same split', items: bayes, calibrated: false }),
  ];
}

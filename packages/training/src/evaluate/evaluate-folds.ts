/**
 * Template-grouped cross-validation over the training samples: throwaway models, each scoring what it has not seen.
 * It says how the method does on its own kind of text, not how the shipped model does elsewhere.
 */
import type { Label } from '../corpora/labelled.ts';
import { groupedFolds } from '../template-groups.ts';
import type { Sample } from '../train/to-samples.ts';
import { crossValidate, FOLDS } from '../train/train-model.ts';
import { LENGTH_ONLY } from './evaluate-sets.ts';
import { figuresOf, type Figures } from './figures.ts';
import type { Ranked } from './metrics.ts';
import { fitNaiveBayes } from './naive-bayes.ts';

/** Languages with fewer messages than this are counted in the whole only. */
const LANGUAGE_MIN = 100;

export function evaluateFolds(samples: readonly Sample[]): Figures[] {
  const heldOut = crossValidate(samples);
  const model = { set: 'all', scorer: 'model, grouped folds', items: heldOut, calibrated: false };
  const byLanguage = [...Map.groupBy(heldOut, ({ sample }) => sample.lang ?? sample.from)]
    .filter(([, items]) => items.length >= LANGUAGE_MIN)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    figuresOf(model),
    figuresOf({ ...model, scorer: 'naive Bayes, same folds', items: naiveBayesFolds(samples) }),
    figuresOf({ ...model, scorer: LENGTH_ONLY.name, items: lengths(samples) }),
    ...byLanguage.map(([set, items]) => figuresOf({ ...model, set, items })),
  ];
}

function lengths(samples: readonly Sample[]): Ranked[] {
  return samples.map(({ text, spam }) => ({ spam, score: LENGTH_ONLY.score(text) }));
}

function naiveBayesFolds(samples: readonly Sample[]): Ranked[] {
  const rows = samples.map(({ text, spam }) => ({ text, spam, label: (spam ? 'spam' : 'ham') satisfies Label }));
  const foldOf = groupedFolds(
    rows.map((row) => row.text),
    FOLDS,
  );
  return Array.from({ length: FOLDS }, (_, fold) => {
    const score = fitNaiveBayes(
      rows.filter((_row, index) => foldOf[index] !== fold) as { text: string; label: Label }[],
    );
    return rows.filter((_row, index) => foldOf[index] === fold).map(({ text, spam }) => ({ spam, score: score(text) }));
  }).flat();
}

/** The model as it ships on public sets that it was not trained on, beside baselines. */
import type { Model } from '@chatwarden/detector';
import type { Labelled } from '../corpora/labelled.ts';
import { foldText } from '../fold-text.ts';
import { figuresOf, type Figures } from './figures.ts';

export interface Scorer {
  name: string;
  score: (text: string) => number;
}

/** Longer is more like spam: what a model must beat. */
export const LENGTH_ONLY: Scorer = { name: 'length only', score: (text) => text.length };

export function evaluateSet(set: string, rows: readonly Labelled[], model: Model): Figures {
  const judged = rows.map((row) => ({ row, ...model.classify({ folded: foldText(row.text) }) }));
  const items = judged.map(({ row, logit }) => ({ score: logit, spam: row.label === 'spam' }));
  const covered = judged.filter((item) => item.covered).length / Math.max(1, judged.length);
  return { ...figuresOf({ set, scorer: 'model', items, calibrated: true }), covered };
}

export function evaluateBaseline(set: string, rows: readonly Labelled[], scorer: Scorer): Figures {
  const items = rows.map((row) => ({ score: scorer.score(row.text), spam: row.label === 'spam' }));
  return figuresOf({ set, scorer: scorer.name, items, calibrated: false });
}

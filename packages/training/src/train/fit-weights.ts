/**
 * The weights of a model: logistic regression over all features, plus a share of what naive Bayes says of the single words.
 * Regression alone leaves nearly all of a rare word's evidence with the many letter patterns that it shares with other
 * words; naive Bayes counts the word itself. Together they beat both, most of all where false positives must be few.
 */
import { BUCKETS } from '@chatwarden/detector';
import { fitLogisticRegression, type LinearModel } from './logistic-regression.ts';
import type { Sample } from './to-samples.ts';

/** Chosen by measurement; between 3 and 100 little changes. */
const L2 = 30;
/** Chosen by measurement; from 0.3 to 0.5 little changes. */
const NAIVE_BAYES_SHARE = 0.4;

export type Weighable = Pick<Sample, 'buckets' | 'wordBuckets' | 'spam' | 'weight'>;

export function fitWeights(samples: readonly Weighable[]): LinearModel {
  const { weights, intercept } = fitLogisticRegression(samples, { buckets: BUCKETS, l2: L2 });
  for (const [bucket, odds] of wordOdds(samples)) {
    weights[bucket] = (weights[bucket] ?? 0) + NAIVE_BAYES_SHARE * odds;
  }
  return { weights, intercept };
}

/** The log of how many times likelier each word is in spam, add-one smoothed. */
function wordOdds(samples: readonly Weighable[]): Map<number, number> {
  const counts = new Map<number, { spam: number; ham: number }>();
  const totals = { spam: 0, ham: 0 };
  for (const { wordBuckets, spam, weight } of samples) {
    const label = spam ? 'spam' : 'ham';
    for (const bucket of wordBuckets) {
      const count = counts.get(bucket) ?? { spam: 0, ham: 0 };
      count[label] += weight;
      totals[label] += weight;
      counts.set(bucket, count);
    }
  }
  const size = counts.size + 1;
  const logShare = (count: number, total: number): number => Math.log((count + 1) / (total + size));
  return new Map(
    [...counts].map(([bucket, { spam, ham }]) => [bucket, logShare(spam, totals.spam) - logShare(ham, totals.ham)]),
  );
}

/** A model that is only asked to rank, so that it needs no calibration: one fit instead of six. */
import { evidenceOf } from '@chatwarden/detector';
import { fitWeights } from './fit-weights.ts';
import { scoreOf } from './logistic-regression.ts';
import { knownWords } from './known-words.ts';
import { fitPlatt } from './calibrate.ts';
import type { Sample } from './to-samples.ts';

/** Higher is more like spam. */
export function fitRanker(samples: readonly Sample[]): (sample: Sample) => number {
  const model = fitWeights(samples);
  const known = knownWords(samples);
  const evidence = (sample: Sample): number =>
    evidenceOf(sample, { words: sample.words, wordCount: sample.words.length, known }).byLength;
  // On its own training scores the scale is wrong, but the offset, which the pull to zero of short texts needs, is near.
  const { slope, offset } = fitPlatt(
    samples.map((sample) => ({ ...sample, score: scoreOf(sample.buckets, model), evidence: evidence(sample) })),
  );
  return (sample) => (slope * scoreOf(sample.buckets, model) + offset) * evidence(sample);
}

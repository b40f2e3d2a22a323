/**
 * Whether each part of the training data earns its place, and whether a set left out would: models fitted without one
 * part, or with one more, ranked on the sets that they did not see. Fitted models are thrown away.
 */
import type { Sample } from '../train/to-samples.ts';
import { fitRanker } from '../train/fit-ranker.ts';
import { recallAt, type Share } from './metrics.ts';

export interface PartFigures {
  training: string;
  /** Recall at one percent of false positives by set; a set that this variant trained on is absent. */
  recall: Record<string, Share>;
}

export interface EvaluationSet {
  name: string;
  samples: readonly Sample[];
  mayTrain: boolean;
}

const RATE = 0.01;
/** Languages of the corpus for which there are sets to be measured on; the others are one part. */
const LANGUAGES = ['ru', 'uk', 'en', 'de', 'fr'];
/** Sets of other media count less than what was chosen or written for groups. */
const ADDED_WEIGHT = 0.2;

export function evaluateParts(training: readonly Sample[], sets: readonly EvaluationSet[]): PartFigures[] {
  const names = [...new Set(training.map((sample) => sample.from))];
  const without = (what: string, drop: (sample: Sample) => boolean): [string, Sample[]] => [
    `without ${what}`,
    training.filter((sample) => !drop(sample)),
  ];
  const isOwn = (sample: Sample): boolean => sample.from === 'own corpus';
  const variants: [string, readonly Sample[]][] = [
    ['as it ships', training],
    ...names.map((name) => without(name, (sample) => sample.from === name)),
    ...LANGUAGES.map((lang) => without(`our ${lang}`, (sample) => isOwn(sample) && sample.lang === lang)),
    without('our other languages', (sample) => isOwn(sample) && !LANGUAGES.includes(sample.lang ?? '')),
    ...sets
      .filter(({ mayTrain }) => mayTrain)
      .map((set): [string, readonly Sample[]] => [`with ${set.name}`, [...training, ...weighted(set.samples)]]),
  ];
  return variants
    .filter(([, samples]) => samples.some((sample) => sample.spam) && samples.some((sample) => !sample.spam))
    .map(([name, samples]) => ({ training: name, recall: recalls(name, samples, sets) }));
}

function weighted(samples: readonly Sample[]): Sample[] {
  return samples.map((sample) => ({ ...sample, weight: ADDED_WEIGHT }));
}

function recalls(variant: string, training: readonly Sample[], sets: readonly EvaluationSet[]): Record<string, Share> {
  const rank = fitRanker(training);
  const unseen = sets.filter(({ name }) => variant !== `with ${name}`);
  return Object.fromEntries(
    unseen.map(({ name, samples }) => [
      name,
      recallAt(
        samples.map((sample) => ({ spam: sample.spam, score: rank(sample) })),
        RATE,
      ),
    ]),
  );
}

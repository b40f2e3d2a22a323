/**
 * From samples to a model: cross-validated scores over template groups give calibration and the limits of coverage, then
 * one fit over everything gives the weights. The same samples in the same order give the same bytes.
 */
import {
  BUCKET_BITS,
  evidenceOf,
  SCRIPT_GROUPS,
  type GroupFit,
  type ModelParts,
  type ScriptGroup,
} from '@chatwarden/detector';
import { groupedFolds } from '../template-groups.ts';
import { CALIBRATION_PRIOR, fitPlatt, type Scored } from './calibrate.ts';
import { knownWords } from './known-words.ts';
import { fitWeights } from './fit-weights.ts';
import { scoreOf } from './logistic-regression.ts';
import { quantize } from './quantize.ts';
import type { Sample } from './to-samples.ts';

export const FOLDS = 5;
/** Of each label: fewer can't calibrate a script. */
const GROUP_SAMPLES_MIN = 80;

export interface HeldOut extends Scored {
  sample: Sample;
}

export function trainModel(samples: readonly Sample[], trainedOn: string): ModelParts {
  const heldOut = crossValidate(samples);
  const { weights, intercept } = fitWeights(samples);
  const { table, scale } = quantize(weights);
  return {
    header: {
      format: 2,
      bucketBits: BUCKET_BITS,
      scale,
      intercept: Math.fround(intercept),
      prior: CALIBRATION_PRIOR,
      groups: fitGroups(heldOut),
      trainedOn,
    },
    table,
    known: knownWords(samples),
  };
}

/** Every sample scored by a model that saw nothing of its template group. */
export function crossValidate(samples: readonly Sample[], folds = FOLDS): HeldOut[] {
  const foldOf = groupedFolds(
    samples.map((sample) => sample.text),
    folds,
  );
  return Array.from({ length: folds }, (_, fold) => {
    const training = samples.filter((_sample, index) => foldOf[index] !== fold);
    const model = fitWeights(training);
    const known = knownWords(training);
    return samples
      .filter((_sample, index) => foldOf[index] === fold)
      .map((sample) => ({
        sample,
        spam: sample.spam,
        group: sample.group,
        score: scoreOf(sample.buckets, model),
        evidence: evidenceOf(sample, { words: sample.words, wordCount: sample.words.length, known }).byLength,
      }));
  }).flat();
}

function fitGroups(heldOut: readonly HeldOut[]): Partial<Record<ScriptGroup, GroupFit>> {
  const fits = SCRIPT_GROUPS.map((group) => [group, heldOut.filter((item) => item.group === group)] as const)
    .filter(([group, items]) => group !== 'none' && group !== 'other' && hasEnough(items))
    .map(([group, items]) => {
      const { slope, offset } = fitPlatt(items);
      return [group, { slope: Math.fround(slope), offset: Math.fround(offset) }] as const;
    });
  return Object.fromEntries(fits);
}

function hasEnough(items: readonly HeldOut[]): boolean {
  const spam = items.filter((item) => item.spam).length;
  return Math.min(spam, items.length - spam) >= GROUP_SAMPLES_MIN;
}

/**
 * The whole evaluation. Two kinds of figures are kept apart: the shipped model on sets that it never saw, and throwaway
 * models fitted within the evaluation, which say what the method can do and what each part of the data is worth.
 */
import { decodeModel, type Model } from '@chatwarden/detector';
import { CORPORA, readCorpus } from '../corpora/corpora.ts';
import type { Labelled } from '../corpora/labelled.ts';
import { readEvaluationSet, readOwnCorpus } from '../corpora/own-corpus.ts';
import { SHIPPED_CORPORA, trainingRows, trainingSamples } from '../train-command.ts';
import { toSamples } from '../train/to-samples.ts';
import { groupedFolds } from '../template-groups.ts';
import { actFigures, coverageAtPrecision, type ActFigures } from './act-figures.ts';
import { attackCosts, type AttackCost } from './attack-cost.ts';
import { ablateChecks, type CheckAblation } from './check-ablation.ts';
import { evaluateFolds } from './evaluate-folds.ts';
import { evaluateBaseline, evaluateSet, LENGTH_ONLY } from './evaluate-sets.ts';
import { FALSE_POSITIVE_RATES, type Figures } from './figures.ts';
import type { Headline } from './headline.ts';
import { judgeRows } from './judge-rows.ts';
import type { Share } from './metrics.ts';
import { fitNaiveBayes } from './naive-bayes.ts';
import { evaluateParts, type PartFigures } from './parts-of-training.ts';
import { evaluateThrowaway } from './throwaway.ts';

export interface Evaluation {
  model: string;
  trainedOn: string;
  /** What must not fall. */
  headline: Headline[];
  /** The shipped model on sets that it never saw. */
  unseen: Figures[];
  acts: ActFigures[];
  /** Spam caught while 99.5 % of what is caught is spam, at the best threshold in hindsight. */
  atPrecision: { set: string; model: Share; naiveBayes: Share }[];
  attacks: AttackCost[];
  checks: CheckAblation[];
  /** Throwaway models. */
  throwaway: Figures[];
  parts: PartFigures[];
  folds: Figures[];
}

interface NamedSet {
  name: string;
  rows: readonly Labelled[];
  mayTrain: boolean;
}

/** The set in this repository; the others come from the folder of public sets. */
export const REPOSITORY_SET = 'repository';
export const HELD_BACK = 'model, held-back half';
/** Attacks are measured where the model is strong enough to lose something. */
const ATTACKED = [REPOSITORY_SET, 'tizhproger-telegram-ru', 'uci-sms'];

export interface EvaluationOptions {
  modelBytes: Uint8Array;
  /** Without it only the repository's own set is measured on. */
  datasets: string | undefined;
  /** Throwaway models, attacks and ablations as well: minutes instead of seconds. */
  whole: boolean;
  say?: (line: string) => void;
}

export async function evaluate(options: EvaluationOptions): Promise<Evaluation> {
  const { datasets, say = () => undefined } = options;
  const model = decodeModel(options.modelBytes);
  const sets = await unseenSets(model, datasets);
  const corpora = datasets === undefined ? [] : SHIPPED_CORPORA;
  const naiveBayes = fitNaiveBayes((await trainingRows(corpora, datasets ?? '')).flatMap(({ rows }) => rows));
  say('the shipped model on sets it never saw');
  const unseen = sets.flatMap(({ name, rows }) => [
    evaluateSet(name, rows, model),
    ...(name === REPOSITORY_SET ? [] : [heldBack(name, rows, model)]),
    evaluateBaseline(name, rows, { name: 'naive Bayes, same training', score: naiveBayes }),
    evaluateBaseline(name, rows, LENGTH_ONLY),
  ]);
  const judged = sets.map(({ name, rows }) => ({ name, rows, items: judgeRows(rows, model) }));
  const acts = judged.map(({ name, items }) => actFigures(name, items));
  const atPrecision = judged.map(({ name, rows, items }) => ({
    set: name,
    model: coverageAtPrecision(items),
    naiveBayes: coverageAtPrecision(rows.map((row) => ({ score: naiveBayes(row.text), spam: row.label === 'spam' }))),
  }));
  const result = { model: model.id, trainedOn: model.trainedOn, headline: headlines(unseen, acts), unseen, acts };
  const none = { attacks: [], checks: [], throwaway: [], parts: [], folds: [] };
  if (!options.whole) return { ...result, atPrecision, ...none };
  const training = await trainingSamples(corpora, datasets ?? '');
  say('attacks and checks');
  const attacks = sets
    .filter(({ name }) => ATTACKED.includes(name))
    .flatMap(({ name, rows }) => attackCosts(name, rows, model));
  const checks = ablateChecks(await rowsWithSurroundings(), model);
  say('throwaway models');
  const throwaway = sets
    .filter(({ name }) => name !== REPOSITORY_SET)
    .flatMap(({ name, rows }) => evaluateThrowaway(name, rows));
  say('parts of the training data');
  const samples = sets.map((set) => ({ ...set, samples: toSamples(set.rows, set.name) }));
  const parts = evaluateParts(training, samples);
  say('cross-validation');
  return { ...result, atPrecision, attacks, checks, throwaway, parts, folds: evaluateFolds(training) };
}

/** The half of a set, by template, that was not read while data and method were chosen; the other half was. */
function heldBack(name: string, rows: readonly Labelled[], model: Model): Figures {
  const foldOf = groupedFolds(
    rows.map((row) => row.text),
    2,
  );
  const half = rows.filter((_row, index) => foldOf[index] === 1);
  return { ...evaluateSet(name, half, model), scorer: HELD_BACK };
}

async function unseenSets(model: Model, datasets: string | undefined): Promise<NamedSet[]> {
  const own = { name: REPOSITORY_SET, rows: await readEvaluationSet(), mayTrain: false };
  if (datasets === undefined) return [own];
  const unseen = CORPORA.filter(({ name }) => !model.trainedOn.includes(name));
  return [
    own,
    ...(await Promise.all(
      unseen.map(async (corpus) => ({
        name: corpus.name,
        rows: await readCorpus(corpus, datasets),
        mayTrain: corpus.mayTrain,
      })),
    )),
  ];
}

/** Checks learn nothing, so the corpus's messages with something around their text may measure them. */
async function rowsWithSurroundings(): Promise<Labelled[]> {
  const rows = [...(await readOwnCorpus()), ...(await readEvaluationSet())];
  return rows.filter((row) => row.meta !== undefined);
}

function headlines(unseen: readonly Figures[], acts: readonly ActFigures[]): Headline[] {
  const recalls = unseen
    .filter(({ scorer }) => scorer === 'model' || scorer === HELD_BACK)
    .flatMap(({ set, scorer, recall }) =>
      recall.map((share, index) => ({
        name: `${set}${scorer === HELD_BACK ? ', held-back half' : ''}: recall at ${Number((100 * (FALSE_POSITIVE_RATES[index] ?? 0)).toFixed(2))} % false positives`,
        ...share,
      })),
    );
  const bands = acts.flatMap(({ set, precision, coverage }) => [
    { name: `${set}: precision of act`, ...precision },
    { name: `${set}: spam acted on`, ...coverage },
  ]);
  return [...recalls, ...bands];
}

/** `evaluate`: figures of a model file on sets it was not trained on, and of the method on its own corpus. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { decodeModel, MODEL_URL } from '@chatwarden/detector';
import { CORPORA, readCorpus } from './corpora/corpora.ts';
import { evaluateBaseline, evaluateSet, LENGTH_ONLY } from './evaluate/evaluate-sets.ts';
import { evaluateFolds } from './evaluate/evaluate-folds.ts';
import type { Figures } from './evaluate/figures.ts';
import { fitNaiveBayes } from './evaluate/naive-bayes.ts';
import { toTable } from './evaluate/tables.ts';
import { SHIPPED_CORPORA, trainingSamples, type Said } from './train-command.ts';

const HELP = `Prints how well the text classifier does. Text alone: no checks, no sender, no campaign.

  npm run evaluate -w packages/training -- --datasets <folder>

  --datasets <folder>  folder of the public sets, one folder a set. Without it only cross-validation on the corpus in
                       this repository is done. (Through npm a relative path starts at packages/training.)
  --model <file>       by default the shipped model
  --json <file>        writes the figures there as well
  --no-folds           leaves out cross-validation, the slow part
  --help
`;

export async function evaluateCommand(args: readonly string[], { say }: Said): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      datasets: { type: 'string' },
      model: { type: 'string', default: fileURLToPath(MODEL_URL) },
      json: { type: 'string' },
      folds: { type: 'boolean', default: true },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    say(HELP);
    return;
  }
  const model = decodeModel(await readFile(values.model));
  say(`model ${model.id}, trained on ${model.trainedOn}\n`);
  const unseen = values.datasets === undefined ? [] : await unseenSets(values.datasets, model);
  if (unseen.length > 0) say(toTable('The model on sets it never saw', unseen));
  const trainedOn = values.datasets === undefined ? [] : SHIPPED_CORPORA;
  const folds = values.folds ? evaluateFolds(await trainingSamples(trainedOn, values.datasets ?? '')) : [];
  if (folds.length > 0)
    say(toTable('The method, cross-validated in whole template groups on its training sets', folds));
  if (values.json !== undefined) {
    await writeFile(values.json, `${JSON.stringify({ model: model.id, unseen, folds }, null, 2)}\n`);
  }
}

async function unseenSets(datasetsFolder: string, model: ReturnType<typeof decodeModel>): Promise<Figures[]> {
  const training = await trainingSamples(SHIPPED_CORPORA, datasetsFolder);
  const rows = training.map(({ text, spam }) => ({ text, label: spam ? ('spam' as const) : ('ham' as const) }));
  const naiveBayes = { name: 'naive Bayes, same training', score: fitNaiveBayes(rows) };
  const figures: Figures[] = [];
  for (const corpus of CORPORA.filter(({ name }) => !model.trainedOn.includes(name))) {
    const set = await readCorpus(corpus, datasetsFolder);
    figures.push(evaluateSet(corpus.name, set, model));
    figures.push(evaluateBaseline(corpus.name, set, naiveBayes), evaluateBaseline(corpus.name, set, LENGTH_ONLY));
  }
  return figures;
}

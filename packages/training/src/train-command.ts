/** `train`: from the corpora to a model file. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { encodeModel, MODEL_URL, readModelParts } from '@chatwarden/detector';
import { readOwnCorpus, teachesText } from './corpora/own-corpus.ts';
import { corpusNamed, readCorpus } from './corpora/corpora.ts';
import type { Labelled } from './corpora/labelled.ts';
import { toSamples, type Sample } from './train/to-samples.ts';
import { trainModel } from './train/train-model.ts';

/** Beside our own corpus, what the shipped model is trained on: each earned its place (see the model card). */
export const SHIPPED_CORPORA: readonly string[] = ['tg-spam-samples'];

const HELP = `Trains the text classifier and writes its model file.

  npm run train -w packages/training -- --datasets <folder>

  --datasets <folder>  folder of the public sets, one folder a set. Without it the model is trained on the corpus in
                       this repository alone, and is not the one that ships.
                       (Through npm a relative path starts at packages/training.)
  --sets <a,b>         which public sets, by default ${SHIPPED_CORPORA.join(',')}
  --corpus <folder>    instead of our own corpus
  --out <file>         by default the shipped model, packages/detector/model/model.bin
  --help
`;

export interface Said {
  say: (line: string) => void;
}

export async function trainCommand(args: readonly string[], { say }: Said): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      datasets: { type: 'string' },
      sets: { type: 'string', default: SHIPPED_CORPORA.join(',') },
      corpus: { type: 'string' },
      out: { type: 'string', default: fileURLToPath(MODEL_URL) },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    say(HELP);
    return;
  }
  const names = values.datasets === undefined ? [] : values.sets.split(',').filter((name) => name !== '');
  const samples = await trainingSamples(names, values.datasets ?? '', values.corpus);
  const trainedOn = describeTraining(samples);
  say(`training on ${trainedOn}`);
  const bytes = encodeModel(trainModel(samples, trainedOn));
  await mkdir(dirname(values.out), { recursive: true });
  await writeFile(values.out, bytes);
  const isWhole = names.join() === SHIPPED_CORPORA.join() && values.corpus === undefined;
  const ships = isWhole ? 'the one that ships' : 'not the one that ships';
  say(`model ${readModelParts(bytes).id} (${ships}), ${bytes.length} bytes, written to ${values.out}`);
}

/** Our own corpus and the named public sets, in this order. */
export async function trainingSamples(
  names: readonly string[],
  datasetsFolder: string,
  ownFolder?: string,
): Promise<Sample[]> {
  return (await trainingRows(names, datasetsFolder, ownFolder)).flatMap(({ from, rows }) => toSamples(rows, from));
}

/** The same as they were read. */
export async function trainingRows(
  names: readonly string[],
  datasetsFolder: string,
  ownFolder?: string,
): Promise<{ from: string; rows: Labelled[] }[]> {
  const parts = [{ from: 'own corpus', rows: (await readOwnCorpus(ownFolder)).filter(teachesText) }];
  for (const name of names) {
    const corpus = corpusNamed(name);
    if (!corpus.mayTrain) throw new Error(`${name} is for evaluation only (${corpus.licence})`);
    parts.push({ from: name, rows: await readCorpus(corpus, datasetsFolder) });
  }
  return parts;
}

/** In words: corpora and numbers of messages. */
export function describeTraining(samples: readonly Sample[]): string {
  const counts = Map.groupBy(samples, (sample) => sample.from);
  return [...counts]
    .map(([from, part]) => {
      const spam = part.filter((sample) => sample.spam).length;
      return `${from} (${spam} spam, ${part.length - spam} ham)`;
    })
    .join(' and ');
}

/**
 * CI's guard over quality: headline figures recorded in docs/detection-quality.json may not fall by more than their noise.
 * The set in this repository is always measured; public sets and the rebuild of the model need their folder, named by the
 * environment variable DATASETS.
 */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { decodeModel, encodeModel, MODEL_URL } from '@chatwarden/detector';
import { describeTraining, SHIPPED_CORPORA, trainingSamples } from '../train-command.ts';
import { trainModel } from '../train/train-model.ts';
import { evaluate, REPOSITORY_SET, type Evaluation } from './evaluation.ts';
import { fallen } from './headline.ts';

const RECORD = new URL('../../../../docs/detection-quality.json', import.meta.url);
const DATASETS = process.env['DATASETS'];
const needsDatasets = { skip: DATASETS === undefined, timeout: 900_000 };

async function recorded(): Promise<Evaluation> {
  return JSON.parse(await readFile(RECORD, 'utf8')) as Evaluation;
}

/** Coverage makes everything several times slower. */
const SLOW = { timeout: 120_000 };

test('no headline figure fell on the set in this repository', SLOW, async () => {
  const now = await evaluate({ modelBytes: await readFile(MODEL_URL), datasets: undefined, whole: false });
  const { headline } = await recorded();
  const own = (name: string): boolean => name.startsWith(`${REPOSITORY_SET}:`);
  expect(headline.filter(({ name }) => own(name)).length).toBeGreaterThan(3);
  expect(fallen(now.headline, headline, own)).toEqual([]);
});

test('the recorded figures are those of the model that ships', async () => {
  expect((await recorded()).model).toBe(decodeModel(await readFile(MODEL_URL)).id);
});

test('no headline figure fell on public sets (needs DATASETS)', needsDatasets, async () => {
  const now = await evaluate({ modelBytes: await readFile(MODEL_URL), datasets: DATASETS, whole: false });
  expect(fallen(now.headline, (await recorded()).headline)).toEqual([]);
});

test('the model that ships is rebuilt bit for bit (needs DATASETS)', needsDatasets, async () => {
  const samples = await trainingSamples(SHIPPED_CORPORA, DATASETS ?? '');
  const rebuilt = encodeModel(trainModel(samples, describeTraining(samples)));
  expect(Buffer.from(rebuilt).equals(await readFile(MODEL_URL))).toBe(true);
});

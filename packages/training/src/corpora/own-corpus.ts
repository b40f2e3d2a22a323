/** The corpus that this repository owns: packages/training/corpus, one file a language. */
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { collect } from './collect.ts';
import type { Labelled } from './labelled.ts';
import { readLabelled } from './read-labelled.ts';

const OWN_CORPUS = fileURLToPath(new URL('../../corpus/', import.meta.url));

const EVALUATION_SET = fileURLToPath(new URL('../../evaluation/', import.meta.url));

/** All languages, in the order of the file names. */
export async function readOwnCorpus(folder = OWN_CORPUS): Promise<Labelled[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).toSorted();
  const parts = await Promise.all(files.map((name) => collect(readLabelled(join(folder, name)))));
  return parts.flat();
}

/** What this repository measures itself with when there are no public sets; it never trains. */
export async function readEvaluationSet(): Promise<Labelled[]> {
  return readOwnCorpus(EVALUATION_SET);
}

/** Spam that carries its payload outside its text is harmless as text: to a text model its label is noise. */
export function teachesText(row: Labelled): boolean {
  return row.label === 'ham' || row.meta === undefined;
}

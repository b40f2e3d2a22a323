/** Samples shipped with tg-spam: one message a line, a file a label. */
import { join } from 'node:path';
import type { Labelled } from './labelled.ts';
import { readLines } from './read-lines.ts';

export async function* readTgSpamSamples(folder: string): AsyncIterable<Labelled> {
  for await (const text of readLines(join(folder, 'spam-samples.txt'))) yield { text, label: 'spam' };
  for await (const text of readLines(join(folder, 'ham-samples.txt'))) yield { text, label: 'ham' };
}

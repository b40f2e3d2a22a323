/** Public sets that come as CSV with columns of their own. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { csvRecords } from './csv-records.ts';
import { CorpusError, toLabel, type Labelled } from './labelled.ts';

interface Columns {
  text: string;
  label: string;
  lang?: string;
  /** Undoes what the set's makers did to the text. */
  clean?: (text: string) => string;
}

export async function* readCsvColumns(file: string, columns: Columns): AsyncIterable<Labelled> {
  for await (const { line, fields } of csvRecords(file)) {
    const label = toLabel(fields[columns.label]);
    const text = fields[columns.text];
    if (text === undefined || label === undefined) {
      throw new CorpusError(file, line, `no ${columns.text}, or ${columns.label} is none of spam, ham, 1, 0`);
    }
    const cleaned = columns.clean?.(text) ?? text;
    yield { text: cleaned, label, ...(columns.lang === undefined ? {} : { lang: columns.lang }) };
  }
}

/** The files are full of U+FEFF, nearly all of it in one label. */
export async function* readYoutubeSpam(folder: string): AsyncIterable<Labelled> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.csv')).toSorted();
  for (const name of files) {
    const clean = (text: string): string => text.replaceAll('\uFEFF', '');
    yield* readCsvColumns(join(folder, name), { text: 'CONTENT', label: 'CLASS', lang: 'en', clean });
  }
}

/** Links, users and money were replaced by placeholders, mostly in spam: a model would learn the placeholders. */
export function readTizhproger(folder: string): AsyncIterable<Labelled> {
  const clean = (text: string): string => text.replaceAll(/\[(?:LINK|USERNAME|CURRENCY)\]/gu, ' ').trim();
  return readCsvColumns(join(folder, 'telegram_spam_ru.csv'), { text: 'message', label: 'label', lang: 'ru', clean });
}

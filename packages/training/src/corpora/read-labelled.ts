/**
 * The two formats that anybody can bring: JSON lines of {text, label, lang?, meta?}, or CSV with a header that has the
 * columns text and label in any order (and lang, if there is one), or the names that public sets give them. Labels: spam,
 * ham, 1, 0. Which of the two it is shows in the first character of the file.
 */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { csvRecords } from './csv-records.ts';
import { CorpusError, toLabel, type Labelled } from './labelled.ts';

/** @throws CorpusError naming the first line that can't be read; what stands before it has been yielded. */
export async function* readLabelled(file: string): AsyncIterable<Labelled> {
  yield* (await startsWithBrace(file)) ? readJsonLines(file) : readLabelledCsv(file);
}

async function startsWithBrace(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0);
    return buffer
      .toString('utf8', 0, bytesRead)
      .replace(/^\uFEFF/u, '')
      .trimStart()
      .startsWith('{');
  } finally {
    await handle.close();
  }
}

async function* readJsonLines(file: string): AsyncIterable<Labelled> {
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    number += 1;
    const json = line.replace(/^\uFEFF/u, '').trim();
    if (json !== '') yield toLabelled(parseObject(json), (problem) => new CorpusError(file, number, problem));
  }
}

function parseObject(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

async function* readLabelledCsv(file: string): AsyncIterable<Labelled> {
  for await (const { line, fields } of csvRecords(file)) {
    yield toLabelled(fields, (problem) => new CorpusError(file, line, problem));
  }
}

const TEXT_NAMES = ['text', 'message', 'content'];
const LABEL_NAMES = ['label', 'labels', 'class'];

/** The first of the names that the row has, whatever its case. */
function field(row: Record<string, unknown>, names: readonly string[]): unknown {
  const found = names.map((name) => Object.keys(row).find((key) => key.toLowerCase() === name)).find(Boolean);
  return found === undefined ? undefined : row[found];
}

function toLabelled(row: Record<string, unknown>, fail: (problem: string) => CorpusError): Labelled {
  const [text, given] = [field(row, TEXT_NAMES), field(row, LABEL_NAMES)];
  const label = toLabel(given);
  if (typeof text !== 'string') throw fail('no text: expected {"text": ..., "label": ...} or a text column');
  if (label === undefined) throw fail(`label ${JSON.stringify(given)} is none of spam, ham, 1, 0`);
  return {
    text,
    label,
    ...(typeof row['lang'] === 'string' && row['lang'] !== '' ? { lang: row['lang'] } : {}),
    ...(typeof row['meta'] === 'object' && row['meta'] !== null
      ? { meta: row['meta'] as Record<string, unknown> }
      : {}),
  };
}

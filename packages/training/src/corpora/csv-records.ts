/** CSV with a header line, as records with their line numbers. Quotes inside unquoted fields are taken as they stand. */
import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import { CorpusError } from './labelled.ts';

export interface CsvRecord {
  line: number;
  /** By column name as the header has it, trimmed. */
  fields: Readonly<Record<string, string>>;
}

export async function* csvRecords(file: string): AsyncIterable<CsvRecord> {
  const parser = createReadStream(file).pipe(
    parse({
      bom: true,
      info: true,
      relax_quotes: true,
      skip_empty_lines: true,
      columns: (header: string[]) => header.map((name) => name.trim()),
    }),
  );
  try {
    for await (const { record, info } of parser) {
      yield { line: (info as { lines: number }).lines, fields: record as Record<string, string> };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new CorpusError(file, Number(error['lines'] ?? 0), error.message);
  }
}

/** What every corpus is read into, and the error of a line that can't be. */

export type Label = 'spam' | 'ham';

export interface Labelled {
  text: string;
  label: Label;
  /** ISO 639-1, where the corpus names it. */
  lang?: string;
  /** What stands outside the text (name, buttons, forward, quote, ...). */
  meta?: Record<string, unknown>;
}

export class CorpusError extends Error {
  override readonly name = 'CorpusError';
  /** `line` counts from 1; for a CSV record over several lines it is the record's last line. */
  constructor(file: string, line: number, problem: string) {
    super(`${file}, line ${line}: ${problem}`);
  }
}

const LABELS: ReadonlyMap<string, Label> = new Map([
  ['spam', 'spam'],
  ['1', 'spam'],
  ['ham', 'ham'],
  ['0', 'ham'],
]);

export function toLabel(value: unknown): Label | undefined {
  return LABELS.get(String(value).trim().toLowerCase());
}

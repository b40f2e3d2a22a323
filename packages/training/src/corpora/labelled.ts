/** What every corpus is read into, and the error of a line that can't be. */
import { Failure } from '@chatwarden/contracts';

export type Label = 'spam' | 'ham';

export interface Labelled {
  text: string;
  label: Label;
  /** ISO 639-1, where the corpus names it. */
  lang?: string;
  /** What stands outside the text (name, buttons, forward, quote, ...). */
  meta?: Record<string, unknown>;
}

/** A Failure of class `never`: only whoever wrote the file can mend it. */
export class CorpusError extends Failure {
  /** `line` counts from 1; for a CSV record over several lines it is the record's last line. */
  constructor(file: string, line: number, problem: string) {
    super('badCorpus', 'never', { message: `${file}, line ${line}: ${problem}` });
    this.name = 'CorpusError';
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

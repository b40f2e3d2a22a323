/** Precision and recall, with the counts behind them. Pure. */
import type { JudgedRow } from './judged-row.ts';

export interface Score {
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
  trueNegatives: number;
  /** Null where there is nothing to divide by. */
  precision: number | null;
  recall: number | null;
  f1: number | null;
}

export interface Figures {
  rows: number;
  spam: number;
  ham: number;
  /** Only what was deleted counts as found. */
  act: Score;
  /** What a moderator was asked about counts as found too. */
  actOrAsk: Score;
}

export function figuresOf(rows: readonly JudgedRow[]): Figures {
  const spam = rows.filter(({ label }) => label === 'spam').length;
  return {
    rows: rows.length,
    spam,
    ham: rows.length - spam,
    act: scoreOf(rows, ({ outcome }) => outcome === 'act'),
    actOrAsk: scoreOf(rows, ({ outcome }) => outcome !== 'allow'),
  };
}

function scoreOf(rows: readonly JudgedRow[], isFound: (row: JudgedRow) => boolean): Score {
  const count = (label: JudgedRow['label'], found: boolean) =>
    rows.filter((row) => row.label === label && isFound(row) === found).length;
  const truePositives = count('spam', true);
  const falsePositives = count('ham', true);
  const falseNegatives = count('spam', false);
  return {
    truePositives,
    falsePositives,
    falseNegatives,
    trueNegatives: count('ham', false),
    precision: ratio(truePositives, truePositives + falsePositives),
    recall: ratio(truePositives, truePositives + falseNegatives),
    f1: ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives),
  };
}

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

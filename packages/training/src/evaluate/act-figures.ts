/** What the default policy does: how often it is right to act, how much spam it acts on, how much of the talk it asks about. */
import type { JudgedRow } from './judge-rows.ts';
import { wilson, type Ranked, type Share } from './metrics.ts';

export interface ActFigures {
  set: string;
  /** Of the messages acted on, how many are spam. */
  precision: Share;
  /** Of the spam in languages that the model covers, how much is acted on. */
  coverage: Share;
  /** Of the honest messages, how many are acted on, and how many are asked about. */
  hamActed: Share;
  hamAsked: Share;
  /** Precision and coverage at other thresholds. */
  curve: CurvePoint[];
  aimMet: boolean;
}

export interface CurvePoint {
  threshold: number;
  precision: Share;
  coverage: Share;
}

const PRECISION_AIM = 0.995;
const COVERAGE_AIM = 0.5;
const THRESHOLDS = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.97, 0.99] as const;

export function actFigures(set: string, judged: readonly JudgedRow[]): ActFigures {
  const ham = judged.filter((item) => !item.spam);
  const inBand = (band: string): number => ham.filter((item) => item.band === band).length;
  const { precision, coverage } = pointOf(judged, (item) => item.band === 'act');
  return {
    set,
    precision,
    coverage,
    hamActed: wilson(inBand('act'), ham.length),
    hamAsked: wilson(inBand('ask'), ham.length),
    curve: THRESHOLDS.map((threshold) => ({ threshold, ...pointOf(judged, ({ score }) => score >= threshold) })),
    aimMet: precision.value >= PRECISION_AIM && coverage.value >= COVERAGE_AIM,
  };
}

function pointOf(judged: readonly JudgedRow[], acts: (item: JudgedRow) => boolean): Omit<CurvePoint, 'threshold'> {
  const acted = judged.filter(acts);
  const spamCovered = judged.filter((item) => item.spam && item.covered);
  return {
    precision: wilson(acted.filter((item) => item.spam).length, acted.length),
    coverage: wilson(spamCovered.filter(acts).length, spamCovered.length),
  };
}

/** The most spam that any threshold catches while `precision` of what it catches is spam; ties are taken together. */
export function coverageAtPrecision(items: readonly Ranked[], precision = PRECISION_AIM): Share {
  const spam = items.filter((item) => item.spam).length;
  const sorted = items.toSorted((a, b) => b.score - a.score);
  let [hits, best] = [0, 0];
  for (const [index, item] of sorted.entries()) {
    if (item.spam) hits += 1;
    const tied = sorted[index + 1]?.score === item.score;
    if (!tied && hits / (index + 1) >= precision) best = hits;
  }
  return wilson(best, spam);
}

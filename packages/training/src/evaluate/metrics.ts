/** Figures of a ranking: recall at fixed false-positive rates, with bounds. */

export interface Ranked {
  /** Higher is more like spam. */
  score: number;
  spam: boolean;
}

export interface Share {
  value: number;
  /** 95 % Wilson bounds. */
  low: number;
  high: number;
}

const Z = 1.96;

/** @see Wilson, JASA 22 (1927), 209-212 */
export function wilson(hits: number, of: number): Share {
  if (of === 0) return { value: 0, low: 0, high: 1 };
  const p = hits / of;
  const center = p + (Z * Z) / (2 * of);
  const spread = Z * Math.sqrt((p * (1 - p)) / of + (Z * Z) / (4 * of * of));
  const scale = 1 + (Z * Z) / of;
  return { value: p, low: Math.max(0, (center - spread) / scale), high: Math.min(1, (center + spread) / scale) };
}

/** Share of spam strictly above the score that at most `rate` of the ham exceeds; ties count against us. */
export function recallAt(items: readonly Ranked[], rate: number): Share {
  const ham = items.filter((item) => !item.spam).map((item) => item.score);
  const spam = items.filter((item) => item.spam).map((item) => item.score);
  const threshold = thresholdAt(ham, rate);
  return wilson(spam.filter((score) => score > threshold).length, spam.length);
}

/** The score that at most `rate` of these exceed. */
export function thresholdAt(ham: readonly number[], rate: number): number {
  return ham.toSorted((a, b) => b - a)[Math.floor(rate * ham.length)] ?? Number.NEGATIVE_INFINITY;
}

export interface AtThreshold {
  precision: number;
  recall: number;
  f1: number;
  falsePositiveRate: number;
}

export function atThreshold(items: readonly Ranked[], threshold: number): AtThreshold {
  const flagged = items.filter((item) => item.score > threshold);
  const hits = flagged.filter((item) => item.spam).length;
  const spam = items.filter((item) => item.spam).length;
  const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  return {
    precision: share(hits, flagged.length),
    recall: share(hits, spam),
    f1: share(2 * hits, flagged.length + spam),
    falsePositiveRate: share(flagged.length - hits, items.length - spam),
  };
}

/** The best F1 of any threshold: what a ranking could give if somebody knew where to cut. */
export function bestF1(items: readonly Ranked[]): number {
  const spam = items.filter((item) => item.spam).length;
  let [hits, flagged, best] = [0, 0, 0];
  const sorted = items.toSorted((a, b) => b.score - a.score);
  for (const [index, item] of sorted.entries()) {
    flagged += 1;
    if (item.spam) hits += 1;
    const tied = sorted[index + 1]?.score === item.score;
    if (!tied) best = Math.max(best, (2 * hits) / (flagged + spam));
  }
  return best;
}

/** The last so many latencies, for percentiles that follow the present. */
const KEPT_MAX = 10_000;

export interface Latencies {
  add(ms: number): void;
  /** Null before the first. `share` between 0 and 1. */
  percentile(share: number): number | null;
}

export function createLatencies(keptMax = KEPT_MAX): Latencies {
  const kept: number[] = [];
  let next = 0;
  return {
    add(ms) {
      kept[next] = ms;
      next = (next + 1) % keptMax;
    },
    percentile(share) {
      if (kept.length === 0) return null;
      const sorted = kept.toSorted((a, b) => a - b);
      return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null;
    },
  };
}

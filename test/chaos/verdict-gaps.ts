/** How long events waited for their verdicts, from the verdicts' own documents. Pure. */

export interface Judgement {
  /** When Telegram had the message. */
  saidAtMs: number;
  judgedAtMs: number;
}

export interface Service {
  /** The longest time in which something waited for a verdict and none came, in s. */
  secondsWithout: number;
  /** Share of verdicts within 5 s of the message. */
  withinFive: number;
}

const FIVE_S_MS = 5000;

export function serviceOf(judgements: readonly Judgement[]): Service {
  const inOrder = judgements.toSorted((a, b) => a.judgedAtMs - b.judgedAtMs);
  let longest = 0;
  let last = -Infinity;
  for (const { saidAtMs, judgedAtMs } of inOrder) {
    // Nobody waited before it was said.
    longest = Math.max(longest, judgedAtMs - Math.max(last, saidAtMs));
    last = judgedAtMs;
  }
  const soon = judgements.filter(({ saidAtMs, judgedAtMs }) => judgedAtMs - saidAtMs <= FIVE_S_MS).length;
  return { secondsWithout: longest / 1000, withinFive: judgements.length === 0 ? 1 : soon / judgements.length };
}

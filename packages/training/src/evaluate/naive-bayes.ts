/**
 * The baseline that most spam filters are: naive Bayes over the words that a message has, as the best-known open peer
 * (umputun/tg-spam) describes its own: lower-case words of three letters or more, each counted once, add-one smoothing,
 * priors from the counts of messages.
 */
import type { Labelled } from '../corpora/labelled.ts';

const WORD_MIN = 3;
const EDGES = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

function wordsOf(text: string): Set<string> {
  const words = text.toLowerCase().split(/\s+/u);
  return new Set(words.map((word) => word.replaceAll(EDGES, '')).filter((word) => Array.from(word).length >= WORD_MIN));
}

/** Returns the log-odds of spam of a text. */
export function fitNaiveBayes(rows: readonly Pick<Labelled, 'text' | 'label'>[]): (text: string) => number {
  const counts = new Map<string, { spam: number; ham: number }>();
  const totals = { spam: 0, ham: 0 };
  for (const { text, label } of rows) {
    for (const word of wordsOf(text)) {
      const count = counts.get(word) ?? { spam: 0, ham: 0 };
      count[label] += 1;
      totals[label] += 1;
      counts.set(word, count);
    }
  }
  const spamRows = rows.filter((row) => row.label === 'spam').length;
  const prior = Math.log((spamRows + 1) / (rows.length - spamRows + 1));
  return (text) => {
    let sum = prior;
    for (const word of wordsOf(text)) {
      const { spam, ham } = counts.get(word) ?? { spam: 0, ham: 0 };
      sum += Math.log((spam + 1) / (totals.spam + counts.size)) - Math.log((ham + 1) / (totals.ham + counts.size));
    }
    return sum;
  };
}

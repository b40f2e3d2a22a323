/** The baseline that most spam filters are: multinomial naive Bayes over lower-case words, add-one smoothed. */
import type { Labelled } from '../corpora/labelled.ts';

type Words = Map<string, { spam: number; ham: number }>;

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** Returns the log-odds of spam of a text. */
export function fitNaiveBayes(rows: readonly Pick<Labelled, 'text' | 'label'>[]): (text: string) => number {
  const words: Words = new Map();
  const totals = { spam: 0, ham: 0 };
  for (const { text, label } of rows) {
    for (const word of wordsOf(text)) {
      const count = words.get(word) ?? { spam: 0, ham: 0 };
      count[label] += 1;
      totals[label] += 1;
      words.set(word, count);
    }
  }
  const spamRows = rows.filter((row) => row.label === 'spam').length;
  const prior = Math.log((spamRows + 1) / (rows.length - spamRows + 1));
  const size = words.size + 1;
  return (text) =>
    wordsOf(text).reduce((sum, word) => {
      const { spam, ham } = words.get(word) ?? { spam: 0, ham: 0 };
      return sum + Math.log((spam + 1) / (totals.spam + size)) - Math.log((ham + 1) / (totals.ham + size));
    }, prior);
}

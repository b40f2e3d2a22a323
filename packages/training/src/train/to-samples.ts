/** Messages of a corpus as what a model is fitted to. */
import { createFeatureExtractor, writingOf, READ_MAX, type ScriptGroup } from '@chatwarden/detector';
import type { Labelled } from '../corpora/labelled.ts';
import { foldText } from '../fold-text.ts';
import type { Example } from './logistic-regression.ts';

export interface Sample extends Example {
  text: string;
  /** Name of the corpus. */
  from: string;
  lang: string | undefined;
  group: ScriptGroup;
  letters: number;
  /** Those of `buckets` that are single words, numbers, links and symbols. */
  wordBuckets: Int32Array;
  words: Int32Array;
}

export function toSamples(rows: readonly Labelled[], from: string): Sample[] {
  const extract = createFeatureExtractor();
  return rows.map((row) => {
    const folded = foldText(row.text);
    const features = extract(folded);
    return {
      text: row.text,
      from,
      lang: row.lang,
      spam: row.label === 'spam',
      weight: 1,
      buckets: features.buckets.slice(0, features.count),
      wordBuckets: features.buckets.slice(features.gramsEnd, features.wordsEnd),
      words: features.words.slice(0, features.wordCount),
      ...writingOf(folded.text, READ_MAX),
    };
  });
}

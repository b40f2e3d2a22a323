/**
 * How far a text's score may be believed: the longer it is, and the more of its words training knew, the further. Shared by judging and by training, which fits calibration to exactly this.
 */
import type { Features } from './features.ts';
import { isKnown } from './model-format.ts';
import type { Writing } from './script-group.ts';

/** Letters at which a text is believed half; a single "ok" stays close to saying nothing. */
const HALF_LETTERS = 8;
/**
 * Share of known words from which a text counts as of a language that the model knows. Held out, 95 % of English and
 * Russian texts have more; of a language of the same script that was left out of training, about three quarters have
 * fewer (close relatives, such as Portuguese beside Spanish, half).
 */
const KNOWN_MIN = 0.33;

export interface Evidence {
  /** 0 to 1, by length alone. */
  byLength: number;
  /** 0 to 1, by the share of known words. */
  byLanguage: number;
  /** 0 to 1; undefined for a text without words. */
  knownShare: number | undefined;
}

export function evidenceOf(writing: Writing, words: KnownWords): Evidence {
  const knownShare = shareOfKnown(words);
  return {
    byLength: evidenceOfLength(writing.letters),
    // Chinese has no words between spaces: there the script alone decides.
    byLanguage: writing.group === 'han' ? 1 : Math.min(1, (knownShare ?? 0) / KNOWN_MIN),
    knownShare,
  };
}

export function evidenceOfLength(letters: number): number {
  return letters / (letters + HALF_LETTERS);
}

export interface KnownWords extends Pick<Features, 'words' | 'wordCount'> {
  known: Uint8Array;
}

function shareOfKnown({ words, wordCount, known }: KnownWords): number | undefined {
  if (wordCount === 0) return undefined;
  let count = 0;
  for (let at = 0; at < wordCount; at += 1) if (isKnown(known, words[at] ?? 0)) count += 1;
  return count / wordCount;
}

/**
 * Quarters of a text, cut where a sentence ends if one ends near the middle of what is cut. A spammer who hides an offer
 * among honest sentences dilutes the whole; the part that holds the offer still reads like one.
 */
import { isPlaceholder, kindOfCode, LETTER, SPACE, UNSPACED, type CanonicalText } from './canonical-text.ts';

export interface Quarters {
  /** Where the second, third and fourth begin, in `codes`; two may begin at one place, then one is empty. */
  starts: readonly [number, number, number];
  letters: readonly number[];
}

/** How far from the middle the end of a sentence may lie, as a share of the length. */
const SENTENCE_REACH = 0.25;
const SENTENCE_ENDS = new Set(Array.from('.!?…)', (char) => char.charCodeAt(0)));

export function quartersOf(text: CanonicalText): Quarters {
  const middle = cutOf(text, 0, text.length);
  const starts = [cutOf(text, 0, middle), middle, cutOf(text, middle, text.length)] as const;
  const letters = [0, 0, 0, 0];
  let quarter = 0;
  for (let at = 0; at < text.length; at += 1) {
    while (quarter < 3 && at >= (starts[quarter] ?? 0)) quarter += 1;
    if (isLetter(text.codes[at] ?? SPACE)) letters[quarter] = (letters[quarter] ?? 0) + 1;
  }
  return { starts, letters };
}

function isLetter(code: number): boolean {
  const kind = kindOfCode(code);
  return (kind === LETTER && !isPlaceholder(code)) || kind === UNSPACED;
}

/** The blank in the middle, or `to` where there is none. */
function cutOf({ codes }: CanonicalText, from: number, to: number): number {
  const middle = (from + to) / 2;
  let [blank, sentence] = [-1, -1];
  for (let at = from + 1; at < to - 1; at += 1) {
    if (codes[at] !== SPACE) continue;
    if (blank < 0 || Math.abs(at - middle) < Math.abs(blank - middle)) blank = at;
    if (!SENTENCE_ENDS.has(codes[at - 1] ?? SPACE)) continue;
    if (sentence < 0 || Math.abs(at - middle) < Math.abs(sentence - middle)) sentence = at;
  }
  if (blank < 0) return to;
  return sentence >= 0 && Math.abs(sentence - middle) <= SENTENCE_REACH * (to - from) ? sentence : blank;
}

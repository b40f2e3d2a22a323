/**
 * Halves and quarters of a text, cut where a sentence ends if one ends near the middle. A spammer who hides an offer among
 * honest sentences dilutes the whole; the part that holds the offer still reads like one.
 */

/** Fewer letters than this hold no offer and honest sentences besides. */
export const WHOLE_LETTERS_MIN = 60;
const DEPTH = 2;
/** How far from the middle the end of a sentence may lie, as a share of the length. */
const SENTENCE_REACH = 0.25;
const SENTENCE_ENDS = '.!?…)';

/** Largest first; empty when the text has no blank to cut at. */
export function textParts(text: string, depth = DEPTH): string[] {
  const cut = cutOf(text);
  if (cut === undefined) return [];
  const halves = [text.slice(0, cut).trimEnd(), text.slice(cut).trimStart()];
  return depth === 1 ? halves : [...halves, ...halves.flatMap((half) => textParts(half, depth - 1))];
}

function cutOf(text: string): number | undefined {
  const middle = text.length / 2;
  let [blank, sentence]: (number | undefined)[] = [];
  for (let at = text.indexOf(' ', 1); at > 0; at = text.indexOf(' ', at + 1)) {
    if (isNearer(at, blank, middle)) blank = at;
    if (SENTENCE_ENDS.includes(text.charAt(at - 1)) && isNearer(at, sentence, middle)) sentence = at;
  }
  const isNear = sentence !== undefined && Math.abs(sentence - middle) <= SENTENCE_REACH * text.length;
  return isNear ? sentence : blank;
}

function isNearer(at: number, than: number | undefined, middle: number): boolean {
  return than === undefined || Math.abs(at - middle) < Math.abs(than - middle);
}

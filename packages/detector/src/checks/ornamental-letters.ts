import { nothing, type Check } from './check.ts';

const LETTERS_MANY = 3;
/** A word is a flourish; a text in this dress hides from filters. */
const LETTERS_TEXT = 12;

export const ornamentalLetters: Check = {
  name: 'ornamentalLetters',
  describe: 'Full-width, mathematical, small-capital and circled letters in place of ordinary ones',
  weights: [0.6, 1.3],
  find: ({ prepared }) => {
    const { ornamentalLetters: count, scripts } = prepared.folded.facts;
    // Chinese, Japanese and Korean write Latin letters in full width beside their own.
    const wide = (scripts.han ?? 0) + (scripts.kana ?? 0) + (scripts.hangul ?? 0) > 0;
    if (count < LETTERS_MANY || wide) return nothing('no ornamental letters');
    return { weight: count >= LETTERS_TEXT ? 1.3 : 0.6, reason: `${count} ornamental letters` };
  },
};

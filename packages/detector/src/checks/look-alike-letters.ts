import { nothing, type Check } from './check.ts';

/** One odd letter is a slip; several are a method. */
const LETTERS_MANY = 3;

export const lookAlikeLetters: Check = {
  name: 'lookAlikeLetters',
  describe: 'Letters replaced by look-alikes of another script, Latin in Cyrillic words and the other way round',
  weights: [1, 3],
  find: ({ prepared }) => {
    const { mixedScriptWords, latinIWords, foldedLetters, ornamentalLetters, signLetters } = prepared.folded.facts;
    const words = mixedScriptWords - latinIWords;
    if (words > 0) {
      return {
        weight: Math.min(1.2 + 0.5 * words, 3),
        reason: `${words} word(s) of mixed scripts`,
      };
    }
    const letters = foldedLetters - ornamentalLetters - signLetters;
    return latinIWords === 0 && letters >= LETTERS_MANY
      ? { weight: 1, reason: `${letters} letters of another script` }
      : nothing('no letters of another script');
  },
};

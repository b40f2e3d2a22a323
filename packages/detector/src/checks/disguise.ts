/** Tricks that make a text unreadable for machines. One file, since all of them read the facts of folding. */
import { nothing, type Check } from './check.ts';

/** One odd letter is a slip; several are a method. */
const LETTERS_MANY = 3;

export const lookAlikes: Check = {
  name: 'lookAlikes',
  describe: 'Words that mix scripts, and letters replaced by their look-alikes',
  find: ({ prepared }) => {
    const { mixedScriptWords, foldedLetters } = prepared.folded.facts;
    if (mixedScriptWords > 0) {
      return {
        weight: Math.min(1.2 + 0.5 * mixedScriptWords, 3),
        reason: `${mixedScriptWords} word(s) of mixed scripts`,
      };
    }
    if (foldedLetters >= LETTERS_MANY) return { weight: 1, reason: `${foldedLetters} letters in disguise` };
    return nothing('no letters in disguise');
  },
};

export const invisibleCharacters: Check = {
  name: 'invisibleCharacters',
  describe: 'Zero-width and other invisible characters, and stacked marks',
  find: ({ prepared }) => {
    const { invisible, stackedMarks } = prepared.folded.facts;
    if (invisible >= LETTERS_MANY)
      return { weight: Math.min(0.8 + invisible / 10, 2.5), reason: `${invisible} invisible characters` };
    if (stackedMarks >= LETTERS_MANY) return { weight: 1.2, reason: `${stackedMarks} stacked marks` };
    return nothing('no invisible characters');
  },
};

export const spacedLetters: Check = {
  name: 'spacedLetters',
  describe: 'Words written letter by letter',
  find: ({ prepared }) => {
    const { spacedLetters: count } = prepared.folded.facts;
    return count > 0 ? { weight: 1.5, reason: `${count} letters written apart` } : nothing('no letters written apart');
  },
};

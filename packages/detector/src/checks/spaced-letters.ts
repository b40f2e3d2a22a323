import { nothing, type Check } from './check.ts';

export const spacedLetters: Check = {
  name: 'spacedLetters',
  describe: 'Words written letter by letter, with spaces or signs between',
  weights: [1.5, 1.5],
  find: ({ prepared }) => {
    const { spacedLetters: count } = prepared.folded.facts;
    return count > 0 ? { weight: 1.5, reason: `${count} letters written apart` } : nothing('no letters written apart');
  },
};

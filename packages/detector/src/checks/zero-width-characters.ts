import { nothing, type Check } from './check.ts';

/** One or two come along when text is copied from a page. */
const MANY = 3;

export const zeroWidthCharacters: Check = {
  name: 'zeroWidthCharacters',
  describe: 'Zero-width and other invisible characters, which break words for machines and not for people',
  weights: [1.1, 2.5],
  find: ({ prepared }) => {
    const { invisible, directionMarks } = prepared.folded.facts;
    const count = invisible - directionMarks;
    return count >= MANY
      ? { weight: Math.min(0.8 + count / 10, 2.5), reason: `${count} invisible characters` }
      : nothing('no invisible characters');
  },
};

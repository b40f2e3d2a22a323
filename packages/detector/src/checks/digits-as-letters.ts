import { nothing, type Check } from './check.ts';

/** "log4j" and "web3js" in one message are talk about software. */
const SIGNS_MANY = 3;

export const digitsAsLetters: Check = {
  name: 'digitsAsLetters',
  describe: 'Digits and signs that stand for letters inside words',
  weights: [1, 2],
  find: ({ prepared }) => {
    const { signLetters } = prepared.folded.facts;
    return signLetters >= SIGNS_MANY
      ? { weight: Math.min(0.7 + signLetters / 10, 2), reason: `${signLetters} digits and signs in place of letters` }
      : nothing('digits are digits');
  },
};

import { nothing, type Check } from './check.ts';

export const lookAlikeHost: Check = {
  name: 'lookAlikeHost',
  describe: 'Addresses in punycode or with letters of another script, or that only unfolding the text shows',
  weights: [2.5, 2.5],
  payload: true,
  find: ({ prepared }) => {
    const dressed = prepared.links.find((link) => link.lookAlikeHost);
    return dressed
      ? { weight: 2.5, reason: `an address written to be taken for ${dressed.host}` }
      : nothing('addresses are what they seem');
  },
};

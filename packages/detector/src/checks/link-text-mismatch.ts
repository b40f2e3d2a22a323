import { nothing, type Check } from './check.ts';

export const linkTextMismatch: Check = {
  name: 'linkTextMismatch',
  describe: 'Links whose words show one address or handle and lead to another',
  weights: [2.5, 2.5],
  payload: true,
  find: ({ prepared }) => {
    const disguised = prepared.links.find((link) => link.disguised);
    return disguised
      ? { weight: 2.5, reason: `a link that shows another address and leads to ${disguised.host}` }
      : nothing('links lead where they say');
  },
};

import { nothing, type Check } from './check.ts';
import { DECIDES, firstMatch } from './list-match.ts';

/** Outweighs whatever the text looks like, but not an entry of the blocked list. */
const SPEAKS_FOR = -DECIDES / 2;

export const allowedList: Check = {
  name: 'allowedList',
  describe: "Words, phrases, domains, users and channels that the group's policy allows; speaks against spam",
  weights: [SPEAKS_FOR, SPEAKS_FOR],
  find: ({ prepared, policy }) => {
    const entry = firstMatch(prepared, policy.allowed);
    return entry
      ? { weight: SPEAKS_FOR, reason: `allowed ${entry.kind} "${entry.value}"` }
      : nothing('nothing allowed');
  },
};

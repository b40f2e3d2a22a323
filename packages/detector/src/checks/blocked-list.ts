import { nothing, type Check } from './check.ts';
import { DECIDES, firstMatch } from './list-match.ts';

export const blockedList: Check = {
  name: 'blockedList',
  describe: "Words, phrases, domains, users and channels that the group's policy blocks; decides alone",
  weights: [DECIDES, DECIDES],
  find: ({ prepared, policy }) => {
    const entry = firstMatch(prepared, policy.blocked);
    return entry ? { weight: DECIDES, reason: `blocked ${entry.kind} "${entry.value}"` } : nothing('nothing blocked');
  },
};

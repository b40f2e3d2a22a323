import { messageOf, nothing, type Check } from './check.ts';

/** Anybody's message can call a guest bot into a group that it is no member of; it answers in its own name. */
export const guestBot: Check = {
  name: 'guestBot',
  describe: 'Answers of guest bots, which are no members of the group; those that lead elsewhere above all',
  weights: [0.6, 2.4],
  payload: true,
  find: ({ prepared }) => {
    const message = messageOf(prepared);
    if (!message?.guestBot) return nothing('no guest bot');
    const leads = prepared.mentions.length > 0 || prepared.links.some((link) => link.from !== 'name');
    return leads
      ? { weight: 2.4, reason: 'a guest bot that leads elsewhere' }
      : { weight: 0.6, reason: 'an answer of a guest bot' };
  },
};

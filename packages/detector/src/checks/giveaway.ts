import { isNewcomer, messageOf, nothing, type Check } from './check.ts';

export const giveaway: Check = {
  name: 'giveaway',
  describe: 'Giveaways of other channels and lists of their winners',
  weights: [0.3, 3.5],
  payload: true,
  find: ({ prepared, context }) => {
    const attachments = messageOf(prepared)?.attachments ?? [];
    const newcomer = isNewcomer(context);
    if (attachments.includes('giveaway')) {
      return { weight: newcomer ? 3.5 : 0.5, reason: `a giveaway${newcomer ? ' from a newcomer' : ''}` };
    }
    if (attachments.includes('giveawayWinners')) {
      return { weight: newcomer ? 2 : 0.3, reason: `winners of a giveaway${newcomer ? ' from a newcomer' : ''}` };
    }
    return nothing('no giveaway');
  },
};

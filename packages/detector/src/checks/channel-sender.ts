import { isNewcomer, nothing, type Check } from './check.ts';

export const channelSender: Check = {
  name: 'channelSender',
  describe: 'Messages written in the name of a channel, whose name and picture are the advert',
  weights: [1, 1],
  find: ({ prepared, context }) =>
    prepared.event.sender.as === 'channel' && isNewcomer(context)
      ? { weight: 1, reason: 'written in the name of a channel' }
      : nothing('not written in the name of a channel'),
};

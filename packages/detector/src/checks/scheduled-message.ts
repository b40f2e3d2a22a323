import { isNewcomer, messageOf, nothing, type Check } from './check.ts';

export const scheduledMessage: Check = {
  name: 'scheduledMessage',
  describe: 'A message that a newcomer had scheduled: nobody was there when it was sent',
  weights: [0.4, 0.4],
  find: ({ prepared, context }) =>
    messageOf(prepared)?.scheduled && isNewcomer(context)
      ? { weight: 0.4, reason: 'scheduled by a newcomer' }
      : nothing('not scheduled by a newcomer'),
};

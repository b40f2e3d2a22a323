import { isNewcomer, messageOf, nothing, type Check } from './check.ts';

/** A bot cannot look into a story, and that is why adverts are put there. */
export const story: Check = {
  name: 'story',
  describe: 'Stories forwarded or answered to, whose content no bot can read',
  weights: [0.3, 2.5],
  payload: true,
  find: ({ prepared, context }) => {
    const message = messageOf(prepared);
    const newcomer = isNewcomer(context);
    if (message?.attachments.includes('story')) {
      return { weight: newcomer ? 2.5 : 0.3, reason: `a story${newcomer ? ' from a newcomer' : ''}` };
    }
    if (message?.replyToStory && newcomer) return { weight: 0.8, reason: 'an answer to a story by a newcomer' };
    return nothing('no story');
  },
};

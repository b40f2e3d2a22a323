import { isNewcomer, messageOf, nothing, type Check } from './check.ts';

/** What is quoted weighs by itself. */
const WITH_QUOTE = 0.4;

export const externalReply: Check = {
  name: 'externalReply',
  describe: 'Replies to messages of other chats, which show them here',
  weights: [0.2, 3],
  payload: true,
  find: ({ prepared, context }) => {
    const reply = messageOf(prepared)?.externalReply;
    if (!reply?.otherChat) return nothing('no reply to another chat');
    const leads = prepared.links.some((link) => link.from === 'externalReply');
    const shows = reply.media.length + (reply.attachments?.length ?? 0) > 0;
    const weight = (leads ? 3 : shows ? 2.4 : prepared.quoted ? WITH_QUOTE : 1) * (isNewcomer(context) ? 1 : 0.5);
    return {
      weight,
      reason: `a reply to a message of another chat${leads ? ' with a link' : shows ? ' with media' : ''}`,
    };
  },
};

/** Where a message comes from when its sender did not write it here. */
import { isNewcomer, messageOf, nothing, type Check } from './check.ts';

export const forwards: Check = {
  name: 'forwards',
  describe: 'Messages forwarded from elsewhere by people without a record',
  find: ({ prepared, context }) => {
    const origin = messageOf(prepared)?.forward;
    if (!origin) return nothing('not forwarded');
    const newcomer = isNewcomer(context);
    const weight = newcomer ? (origin.type === 'channel' ? 1.2 : 0.6) : 0.1;
    return { weight, reason: `forwarded from a ${origin.type}${newcomer ? ' by a newcomer' : ''}` };
  },
};

export const keyboards: Check = {
  name: 'keyboards',
  describe: 'Buttons, which people cannot attach themselves, and messages sent through a bot',
  find: ({ prepared, context }) => {
    const message = messageOf(prepared);
    const urls = message?.buttons.filter((button) => button.url !== undefined).length ?? 0;
    if (urls > 0) return { weight: isNewcomer(context) ? 4 : 2, reason: `${urls} button(s) that lead elsewhere` };
    if (message?.viaBot && prepared.links.length > 0) return { weight: 0.8, reason: 'sent through a bot, with links' };
    return nothing('no buttons');
  },
};

export const externalReplies: Check = {
  name: 'externalReplies',
  describe: 'Replies to and quotes of messages in other chats, which carry their text here',
  find: ({ prepared, context }) => {
    const message = messageOf(prepared);
    if (!message?.externalReply?.otherChat) return nothing('no reply to another chat');
    const leads = prepared.links.some((link) => link.from === 'quote' || link.from === 'externalReply');
    const quoted = prepared.quoted !== undefined;
    const weight = (leads ? 3 : quoted ? 1.4 : 1) * (isNewcomer(context) ? 1 : 0.5);
    return { weight, reason: `a reply to a message of another chat${leads ? ' that carries a link' : ''}` };
  },
};

export const channelSender: Check = {
  name: 'channelSender',
  describe: 'Messages written in the name of a channel',
  find: ({ prepared, context }) =>
    prepared.event.sender.as === 'channel' && isNewcomer(context)
      ? { weight: 1, reason: 'written in the name of a channel' }
      : nothing('written by a person'),
};

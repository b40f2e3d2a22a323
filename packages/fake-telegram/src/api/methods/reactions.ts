/** Reacting to messages. A bot has one reaction a message at most, of the emoji that the Bot API lists. */
import type { ReactionTypeEmoji } from '@grammyjs/types';
import { isServiceMessage } from '../../world/content.ts';
import { isPermitted } from '../../world/members.ts';
import { liveMessage } from '../../world/messages.ts';
import { reactionOf, setReactions } from '../../world/reactions.ts';
import { enterChat } from '../access.ts';
import type { Methods } from '../call.ts';
import { badRequest } from '../errors.ts';
import { isObject } from '../parameters.ts';

const PER_MESSAGE_MAX = 1;

export const reactionMethods = {
  setMessageReaction(call, input) {
    const { chat, self } = enterChat(call, input);
    const stored = liveMessage(chat, input.integer('message_id') ?? 0);
    if (!stored) throw badRequest('message to react not found');
    const reactions = readReactions(input.json('reaction') ?? []);
    if (isServiceMessage(stored.message)) throw badRequest('REACTION_INVALID');
    if (!isPermitted(chat, self, 'can_react_to_messages')) throw badRequest('CHAT_RESTRICTED');
    setReactions(call.world, chat, { stored, actor: call.bot.user, reactions });
    return true;
  },
} satisfies Methods;

function readReactions(value: unknown): ReactionTypeEmoji[] {
  if (!Array.isArray(value)) throw badRequest("can't parse reaction types JSON object");
  if (value.length > PER_MESSAGE_MAX) throw badRequest('REACTIONS_TOO_MANY');
  return value.map((item: unknown) => {
    const reaction = isObject(item) && item.type === 'emoji' ? reactionOf(item.emoji) : undefined;
    if (!reaction) throw badRequest('REACTION_INVALID');
    return reaction;
  });
}

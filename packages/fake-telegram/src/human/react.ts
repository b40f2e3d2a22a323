/** People reacting to messages. `from` is a user, or the group itself for an anonymous administrator. */
import type { Chat, User } from '@grammyjs/types';
import { isPermitted, isPresent, memberOf } from '../world/members.ts';
import { liveMessage } from '../world/messages.ts';
import { reactionOf, setReactions } from '../world/reactions.ts';
import type { ChatKey, ChatState, World } from '../world/world.ts';
import { HumanError } from './errors.ts';
import { needOpenChat, needUser } from './find.ts';

/** How many a person may have on one message: with and without Telegram Premium. */
const MAX = { premium: 3, ordinary: 1 };

export interface Reaction {
  chat: ChatKey;
  id: number;
  from: number;
  /** Emoji, all there are from now on; none takes them back. */
  reactions: readonly string[];
}

export function react(world: World, { chat: key, id, from, reactions }: Reaction): void {
  const chat = needOpenChat(world, key);
  const stored = liveMessage(chat, id);
  if (!stored) throw new HumanError('notFound', `there is no message ${id} in chat ${key}`);
  const actor = from === chat.chat.id ? chat.chat : allowedUser(world, chat, needUser(world, from));
  const max = 'is_premium' in actor && actor.is_premium ? MAX.premium : MAX.ordinary;
  if (reactions.length > max) throw new HumanError('invalid', `user ${from} may have ${max} reactions on a message`);
  setReactions(world, chat, { stored, actor, reactions: reactions.map(emojiReaction) });
}

function emojiReaction(emoji: string) {
  const reaction = reactionOf(emoji);
  if (!reaction) throw new HumanError('invalid', `Telegram offers no reaction "${emoji}"`);
  return reaction;
}

function allowedUser(world: World, chat: ChatState, user: User): User | Chat {
  if (chat.chat.type === 'private') return user;
  const member = memberOf(world, chat, user);
  if (!member || !isPresent(member)) {
    throw new HumanError('notAMember', `user ${user.id} is not a member of chat ${chat.key}`);
  }
  if (isPermitted(chat, member, 'can_react_to_messages')) return user;
  throw new HumanError('restricted', `user ${user.id} lacks can_react_to_messages in chat ${chat.key}`);
}

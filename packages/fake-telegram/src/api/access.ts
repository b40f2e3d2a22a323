/** Finds the chat a call names and refuses what Telegram refuses before looking at the rest (Bot API server, check_chat). */
import type { ChatAdministratorRights, ChatMember, User } from '@grammyjs/types';
import { openPrivateChat } from '../world/chats.ts';
import { isContactable } from '../world/join-requests.ts';
import { hasRight, isPresent, memberOf } from '../world/members.ts';
import type { ChatState } from '../world/world.ts';
import { badRequest, forbidden, migrated } from './errors.ts';
import type { Call } from './call.ts';

const CHAT_NOUN = { group: 'group', supergroup: 'supergroup', channel: 'channel', private: 'private' } as const;

/** The parameters of any method that has a `chat_id`. */
interface ChatInput {
  text(name: 'chat_id'): string | undefined;
}

/** The chat of `chat_id`: an id, or @username of a public chat. It may be looked at, whether the bot is in it or not. */
export function findChat({ world, bot }: Call, input: ChatInput): ChatState {
  const ref = input.text('chat_id');
  if (!ref) throw badRequest('chat_id is empty');
  const id = Number(ref);
  if (ref.startsWith('@')) return findByUsername(world.chats.values(), ref.slice(1));
  const chat = id > 0 ? findPrivateChat({ world, bot }, id) : world.chats.get(id);
  if (chat) return chat;
  const user = world.users.get(id);
  if (user?.is_bot) throw forbidden("bots can't send messages to bots");
  if (user) throw forbidden("bot can't initiate conversation with a user");
  throw badRequest('chat not found');
}

/** The chat with a person who has written to the bot, or who waits to be let in and may be written to. */
function findPrivateChat({ world, bot }: Pick<Call, 'world' | 'bot'>, userId: number): ChatState | undefined {
  const known = world.chats.get(`${userId}:${bot.user.id}`);
  if (known && !known.unopened) return known;
  const user = world.users.get(userId);
  if (!user || !isContactable(world, bot, userId)) return undefined;
  const chat = known ?? openPrivateChat(world, user, bot);
  chat.unopened = true;
  return chat;
}

function findByUsername(chats: Iterable<ChatState>, username: string): ChatState {
  for (const chat of chats) if (chat.chat.username?.toLowerCase() === username.toLowerCase()) return chat;
  throw badRequest('chat not found');
}

export interface Inside {
  chat: ChatState;
  /** The bot's own status there. */
  self: ChatMember;
}

/** The chat, for a call that needs the bot to be in it. */
export function enterChat(call: Call, input: ChatInput): Inside {
  const chat = findChat(call, input);
  if (chat.chat.type === 'private') {
    if (chat.blocked) throw forbidden('bot was blocked by the user');
    return { chat, self: { status: 'member', user: call.bot.user } };
  }
  if (chat.migratedToId !== undefined) throw migrated(chat.migratedToId);
  const self = memberOf(call.world, chat, call.bot.user);
  const noun = CHAT_NOUN[chat.chat.type];
  if (self?.status === 'kicked') throw forbidden(`bot was kicked from the ${noun} chat`);
  if (self && isPresent(self)) return { chat, self };
  // A private group that the bot never was in does not exist for it.
  if (self === undefined && chat.chat.username === undefined) throw badRequest('chat not found');
  throw forbidden(`bot is not a member of the ${noun} chat`);
}

export function requireRight(self: ChatMember, right: keyof ChatAdministratorRights, otherwise: string): void {
  if (!hasRight(self, right)) throw badRequest(otherwise);
}

/** The user of `user_id`; the text is Telegram's for an id that nobody has or the bot never met. */
export function findUser({ world }: Call, id: number | undefined): User {
  if (id === undefined || id <= 0) throw badRequest('invalid user_id specified');
  const user = world.users.get(id);
  if (!user) throw badRequest('PARTICIPANT_ID_INVALID');
  return user;
}

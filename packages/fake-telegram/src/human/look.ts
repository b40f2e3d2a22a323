/** What a person, a test or the page can see: everything, also what was deleted. */
import type { ChatMember } from '@grammyjs/types';
import { isPresent, memberOf } from '../world/members.ts';
import type { ChatKey, StoredMessage, World } from '../world/world.ts';
import { needChat } from './find.ts';

export interface ChatSummary {
  key: ChatKey;
  type: string;
  title: string;
  username?: string;
  linkedChatId?: number;
  /** Of a forum: what was made besides "General". */
  topics?: { id: number; name: string; closed: boolean }[];
  memberCount: number;
  lastMessageId: number;
}

export function listChats(world: World): ChatSummary[] {
  return [...world.chats.values()].map(({ key, chat, linkedChatId, topics, members, bots, lastMessageId }) => ({
    key,
    type: chat.type,
    title: chat.title ?? `${chat.first_name} and ${[...bots].map((bot) => bot.me.first_name).join(', ')}`,
    ...(chat.username ? { username: chat.username } : {}),
    ...(linkedChatId === undefined ? {} : { linkedChatId }),
    ...(chat.is_forum ? { topics: Array.from(topics, ([id, { name, closed }]) => ({ id, name, closed })) } : {}),
    memberCount: [...members.values()].filter(isPresent).length,
    lastMessageId,
  }));
}

export interface MessagesRequest {
  chat: ChatKey;
  /** Only messages with a higher id. */
  after?: number;
  /** How many, counted from the newest; 100 unless stated. */
  limit?: number;
}

/** Oldest first. */
export function listMessages(world: World, { chat: key, after = 0, limit = 100 }: MessagesRequest): StoredMessage[] {
  const { messages, lastMessageId } = needChat(world, key);
  const found: StoredMessage[] = [];
  for (let id = Math.max(after, lastMessageId - limit) + 1; id <= lastMessageId; id += 1) {
    const stored = messages.get(id);
    if (stored) found.push(stored);
  }
  return found;
}

/** Everybody who is or was here, with the status of now. */
export function listMembers(world: World, key: ChatKey): ChatMember[] {
  const chat = needChat(world, key);
  return [...chat.members.values()].map((member) => memberOf(world, chat, member.user) ?? member);
}

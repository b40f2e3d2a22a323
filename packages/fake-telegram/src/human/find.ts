/** Finds what a human-side call names, or says that there is no such thing. */
import type { User } from '@grammyjs/types';
import { botById, type Bot, type ChatKey, type ChatState, type World } from '../world/world.ts';
import { HumanError } from './errors.ts';

export function needChat(world: World, key: ChatKey): ChatState {
  const chat = world.chats.get(key);
  if (!chat) throw new HumanError('notFound', `there is no chat ${key}`);
  return chat;
}

/** A chat where something can still happen. */
export function needOpenChat(world: World, key: ChatKey): ChatState {
  const chat = needChat(world, key);
  if (chat.migratedToId === undefined) return chat;
  throw new HumanError('invalid', `group ${key} has become supergroup ${chat.migratedToId}`);
}

export function needUser(world: World, id: number): User {
  const user = world.users.get(id);
  if (!user) throw new HumanError('notFound', `there is no user ${id}`);
  return user;
}

/** Nobody when the owner has left. */
export function ownerOf(chat: ChatState): User | undefined {
  return [...chat.members.values()].find(({ status }) => status === 'creator')?.user;
}

export function needBot(world: World, id: number): Bot {
  const bot = botById(world, id);
  if (!bot) throw new HumanError('notFound', `there is no bot ${id}`);
  return bot;
}

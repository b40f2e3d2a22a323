/** Messages of a chat: ids ascend per chat, an edit replaces the stored value, a deletion leaves it to be looked at. */
import type { Message } from '@grammyjs/types';
import { deliverMessage } from './deliver.ts';
import { dateNow, recordEffect, type ChatState, type StoredMessage, type World } from './world.ts';

/** Bots cannot delete what is older (Bot API, deleteMessage). */
export const DELETABLE_FOR_S = 48 * 3600;

/** Stores a new message and tells the bots. `draft` says who speaks and what; `botId` that a bot sent it. */
export function postMessage(
  world: World,
  chat: ChatState,
  { draft, botId }: { draft: Partial<Message>; botId?: number },
): Message {
  const id = (chat.lastMessageId += 1);
  const message: Message = { ...draft, message_id: id, date: dateNow(world), chat: chat.chat };
  const stored: StoredMessage = { message, edits: 0, reactions: {}, ...(botId === undefined ? {} : { botId }) };
  chat.messages.set(id, stored);
  chat.messages.delete(id - world.messagesMax);
  recordEffect(world, { kind: 'messageSent', chatId: chat.chat.id, messageId: id, byId: authorId(message) });
  deliverMessage(world, chat, stored);
  return message;
}

export type EditedMessage = Message & { edit_date: number };

/** Replaces content of a message; fields given as undefined are removed. */
export function editMessage(
  world: World,
  chat: ChatState,
  { id, changes }: { id: number; changes: { [K in keyof Message]?: Message[K] | undefined } },
): EditedMessage {
  const stored = liveMessage(chat, id);
  if (!stored) throw new Error(`chat ${chat.key} has no message ${id}`);
  const merged = Object.entries({ ...stored.message, ...changes }).filter(([, value]) => value !== undefined);
  const message = { ...(Object.fromEntries(merged) as unknown as Message), edit_date: dateNow(world) };
  stored.message = message;
  stored.edits += 1;
  recordEffect(world, { kind: 'messageEdited', chatId: chat.chat.id, messageId: id, byId: authorId(message) });
  deliverMessage(world, chat, stored);
  return message;
}

/** Marks a message as deleted. Telegram tells no bot about it. */
export function deleteMessage(world: World, chat: ChatState, { id, byId }: { id: number; byId: number }): void {
  const stored = liveMessage(chat, id);
  if (!stored) return;
  stored.deletedAtMs = world.clock.now();
  stored.deletedById = byId;
  const userId = authorId(stored.message);
  recordEffect(world, { kind: 'messageDeleted', chatId: chat.chat.id, messageId: id, userId, byId });
}

export function liveMessage(chat: ChatState, id: number): StoredMessage | undefined {
  const stored = chat.messages.get(id);
  return stored?.deletedAtMs === undefined ? stored : undefined;
}

/** A message as another one shows it: replies do not nest (Bot API, Message.reply_to_message). */
export function asReply(message: Message): NonNullable<Message['reply_to_message']> {
  const { reply_to_message: _nested, ...rest } = message;
  return rest as NonNullable<Message['reply_to_message']>;
}

const authorId = (message: Message): number => message.sender_chat?.id ?? message.from?.id ?? message.chat.id;

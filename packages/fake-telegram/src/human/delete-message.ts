/** A person deletes a message, by the app of whoever wrote it or of an administrator. No bot is told. */
import { hasRight } from '../world/members.ts';
import { deleteMessage as remove, liveMessage } from '../world/messages.ts';
import type { ChatKey, ChatState, StoredMessage, World } from '../world/world.ts';
import { HumanError } from './errors.ts';
import { needOpenChat } from './find.ts';

export interface Deletion {
  chat: ChatKey;
  id: number;
  /** A user; or the chat in whose name the message was sent. */
  by: number;
}

export function deleteMessage(world: World, { chat: key, id, by }: Deletion): void {
  const chat = needOpenChat(world, key);
  const stored = liveMessage(chat, id);
  if (!stored) throw new HumanError('notFound', `there is no message ${id} in chat ${key}`);
  if (!mayDelete(chat, stored, by)) {
    throw new HumanError('restricted', `user ${by} may not delete message ${id} in chat ${key}`);
  }
  remove(world, chat, { id, byId: by });
}

function mayDelete(chat: ChatState, { message }: StoredMessage, by: number): boolean {
  const author = message.sender_chat?.id ?? message.from?.id;
  if (author === by || chat.chat.type === 'private') return true;
  return hasRight(chat.members.get(by), 'can_delete_messages');
}

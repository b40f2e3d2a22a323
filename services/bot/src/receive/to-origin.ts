/** Where something comes from, and the small readings of a chat or a person that several files need. Pure. */
import type { Origin } from '@chatwarden/contracts';
import type { MessageOrigin } from '@grammyjs/types';
import type { Chat } from '../telegram/telegram-api.ts';

export function toOrigin(origin: MessageOrigin): Origin {
  switch (origin.type) {
    case 'user':
      return { type: 'user', title: fullName(origin.sender_user), ...optionalName(origin.sender_user?.username) };
    case 'hidden_user':
      return { type: 'hiddenUser', title: origin.sender_user_name };
    case 'chat':
      return { type: 'chat', ...chatOf(origin.sender_chat) };
    case 'channel':
      return { type: 'channel', ...chatOf(origin.chat), messageId: origin.message_id };
    default:
      return { type: 'unknown' };
  }
}

export function chatOf(chat: Chat | undefined): Partial<Origin> {
  if (!chat) return {};
  return { chatId: chat.id, ...(chat.title ? { title: chat.title } : {}), ...optionalName(chat.username) };
}

export function fullName(person: { first_name?: string; last_name?: string | undefined } | undefined): string {
  return [person?.first_name, person?.last_name].filter(Boolean).join(' ');
}

export function optionalName(username: string | undefined): { username?: string } {
  return username ? { username } : {};
}

/** Empty for what is no list, whatever the type says. */
export function list<T>(value: readonly T[] | undefined): readonly T[] {
  return Array.isArray(value) ? value : [];
}

/** Telegram's side of the world, for tests: valid values in Telegram's own shapes. */
import { aGroup, BOT_ID, CHAT_ID, NOON } from '@chatwarden/testkit';
import type { EventContext } from '../src/receive/to-chat-event.ts';
import type { Chat, Message } from '../src/telegram/telegram-api.ts';

export const CHAT: Chat = { id: CHAT_ID, type: 'supergroup', title: 'Balcony gardeners' };
export const ANN = { id: 501, is_bot: false, first_name: 'Ann', last_name: 'Example', username: 'ann' } as const;
export const OWNER = { id: 502, is_bot: false, first_name: 'Olga' } as const;
export const BOT = { id: BOT_ID, is_bot: true, first_name: 'Warden', username: 'warden_bot' } as const;

export function aTelegramMessage(over: Partial<Message> = {}): Message {
  return { message_id: 10, date: NOON / 1000, chat: CHAT, from: ANN, text: 'any tips for aphids?', ...over } as Message;
}

/** Stand-ins for the keyed functions: readable in assertions, still one to one. */
export function anEventContext(over: Partial<EventContext> = {}): EventContext {
  return {
    group: aGroup(),
    facts: { administrators: new Map([[OWNER.id, 'creator']]), rights: null },
    receivedAt: NOON + 200,
    revision: 3,
    pseudonym: (id) => Math.abs(id).toString(16).padStart(32, '0'),
    digest: (content) => content,
    ...over,
  };
}

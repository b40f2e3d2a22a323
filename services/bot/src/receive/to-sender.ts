/** Who speaks. Service ids stand for many people and must never be taken for one. Pure. */
import type { Pseudonym, Sender, SenderAs } from '@chatwarden/contracts';
import { likeAdministrator, nameKeysOf } from '@chatwarden/detector';
import type { Message } from '../telegram/telegram-api.ts';
import type { ChatFacts } from './chat-facts.ts';
import { fullName } from './to-origin.ts';

/** Posts of a linked channel, and Telegram's own notifications. */
export const TELEGRAM_ID = 777_000;

export interface SenderContextOfChat {
  facts: ChatFacts;
  pseudonym: (telegramId: number) => Pseudonym;
}

/** Null for a message that nobody sent. */
export function toSender(message: Message, { facts, pseudonym }: SenderContextOfChat): Sender | null {
  const { from, sender_chat: senderChat } = message;
  const common = {
    ...(message.sender_tag ? { tag: message.sender_tag } : {}),
    ...(message.sender_boost_count ? { boostCount: message.sender_boost_count } : {}),
  };
  if (senderChat) {
    const as = voiceOfChat(message, facts);
    return {
      ...common,
      ...(as === 'channel' && posesAsGroup(message) ? { likeAdministrator: 'name' } : {}),
      key: pseudonym(senderChat.id),
      id: senderChat.id,
      as,
      role: as === 'channel' ? 'member' : 'administrator',
      name: senderChat.title ?? '',
      ...(senderChat.username ? { username: senderChat.username } : {}),
    };
  }
  if (!from) return null;
  const role = roleOf(from.id, facts);
  const name = fullName(from);
  const alike =
    role === 'member' && likeAdministrator({ name, username: from.username }, facts.administratorNames ?? []);
  return {
    ...common,
    ...(alike ? { likeAdministrator: alike } : {}),
    key: pseudonym(from.id),
    id: from.id,
    as: from.id === TELEGRAM_ID ? 'telegram' : from.is_bot ? 'bot' : 'user',
    role,
    name,
    ...(from.username ? { username: from.username } : {}),
    ...(from.language_code ? { languageCode: from.language_code } : {}),
    ...(from.is_premium ? { premium: true } : {}),
  };
}

function voiceOfChat(message: Message, facts: ChatFacts): SenderAs {
  const senderChatId = message.sender_chat?.id;
  if (senderChatId === message.chat.id) return 'anonymousAdmin';
  if (message.is_automatic_forward || senderChatId === facts.linkedChatId) return 'linkedChannel';
  return 'channel';
}

/** A channel under the group's own title speaks with the group's voice. */
function posesAsGroup({ sender_chat: channel, chat }: Message): boolean {
  return likeAdministrator({ name: channel?.title ?? '' }, [nameKeysOf({ name: chat.title ?? '' })]) !== null;
}

function roleOf(userId: number, facts: ChatFacts): Sender['role'] {
  if (facts.administrators === null) return 'unknown';
  return facts.administrators.get(userId) ?? 'member';
}

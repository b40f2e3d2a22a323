/**
 * An update becomes an event of ours: pure, so that a redelivered update becomes the same event with the same id.
 * What is not an event says why.
 */
import {
  eventId,
  rootTraceparent,
  type Group,
  type MessageEvent,
  type Millis,
  type Pseudonym,
  type Revision,
} from '@chatwarden/contracts';
import type { Message } from '../telegram/telegram-api.ts';
import type { ChatFacts } from './chat-facts.ts';
import { isServiceMessage } from './message-contents.ts';
import { toMessage } from './to-message.ts';
import { toSender } from './to-sender.ts';

export interface EventContext {
  group: Group;
  facts: ChatFacts;
  receivedAt: Millis;
  revision: Revision;
  pseudonym: (telegramId: number) => Pseudonym;
  /** Keyed digest of what the message says, so that the id tells its versions apart without showing them. */
  digest: (content: string) => string;
}

export type ToChatEvent = { event: MessageEvent } | { ignored: 'service' | 'ownMessage' | 'noSender' | 'notAGroup' };

export function toChatEvent(message: Message, kind: MessageEvent['kind'], context: EventContext): ToChatEvent {
  const { group, receivedAt, revision } = context;
  if (message.chat.type !== 'group' && message.chat.type !== 'supergroup') return { ignored: 'notAGroup' };
  if (isServiceMessage(message)) return { ignored: 'service' };
  if (message.from?.id === group.botId) return { ignored: 'ownMessage' };
  const sender = toSender(message, context);
  if (!sender) return { ignored: 'noSender' };
  const reduced = toMessage(message);
  const id = eventId({
    kind,
    groupId: group.groupId,
    subject: message.message_id,
    version: `${message.edit_date ?? 0}:${context.digest(JSON.stringify(reduced))}`,
  });
  const event: MessageEvent = {
    schema: 'chat-event/1',
    kind,
    id,
    groupId: group.groupId,
    botId: group.botId,
    chatId: message.chat.id,
    occurredAt: (kind === 'MessageEdited' ? (message.edit_date ?? message.date) : message.date) * 1000,
    receivedAt,
    traceparent: rootTraceparent(id),
    revision,
    sender,
    message: reduced,
  };
  return { event };
}

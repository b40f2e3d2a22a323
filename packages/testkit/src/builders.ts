/** Builders of valid values: a test names what it is about and leaves the rest. */
import {
  eventId,
  policyFromPreset,
  recordTraceparent,
  rootTraceparent,
  verdictId,
  type GroupPolicy,
  type Group,
  type Message,
  type MessageEvent,
  type Sender,
  type Verdict,
} from '@chatwarden/contracts';
import { NOON } from './manual-clock.ts';

export const GROUP_ID = 'g0123456789abcdef';
export const BOT_ID = 7_000_001;
export const CHAT_ID = -1_001_000_000_001;

export function aGroup(over: Partial<Group> = {}): Group {
  return { groupId: GROUP_ID, botId: BOT_ID, chatId: CHAT_ID, type: 'supergroup', title: 'Balcony gardeners', ...over };
}

export function aSender(over: Partial<Sender> = {}): Sender {
  return { key: 'a'.repeat(32), id: 501, as: 'user', role: 'member', name: 'Ann Example', ...over };
}

export function aMessage(over: Partial<Message> = {}): Message {
  return {
    messageId: 1,
    text: 'has anyone repotted tomatoes this late in the year?',
    entities: [],
    media: [],
    attachments: [],
    buttons: [],
    ...over,
  };
}

export interface EventParts {
  message?: Partial<Message>;
  sender?: Partial<Sender>;
  kind?: MessageEvent['kind'];
  groupId?: string;
  occurredAt?: number;
  revision?: number;
}

export function anEvent(parts: EventParts = {}): MessageEvent {
  const message = aMessage(parts.message);
  const sender = aSender(parts.sender);
  const kind = parts.kind ?? 'MessagePosted';
  const groupId = parts.groupId ?? GROUP_ID;
  const id = eventId({
    kind,
    groupId,
    subject: message.messageId,
    version: `${message.editedAt ?? 0}:${message.text}`,
  });
  const occurredAt = parts.occurredAt ?? NOON;
  return {
    schema: 'chat-event/1',
    kind,
    id,
    groupId,
    botId: BOT_ID,
    chatId: CHAT_ID,
    occurredAt,
    receivedAt: occurredAt + 200,
    traceparent: rootTraceparent(id),
    revision: parts.revision ?? 1,
    sender,
    message,
  };
}

export function aVerdict(over: Partial<Verdict> = {}, event: MessageEvent = anEvent()): Verdict {
  const id = verdictId(event.id, over.stage ?? 'detect');
  return {
    schema: 'verdict/1',
    kind: 'Verdict',
    id,
    groupId: event.groupId,
    botId: event.botId,
    chatId: event.chatId,
    occurredAt: event.occurredAt,
    receivedAt: event.receivedAt,
    traceparent: recordTraceparent(event.traceparent, id),
    revision: event.revision,
    eventId: event.id,
    eventKind: event.kind,
    stage: 'detect',
    band: 'act',
    score: 0.98,
    checks: [{ name: 'links', fired: true, weight: 2.5, reason: '1 link to casino.example' }],
    reasons: ['1 link to casino.example'],
    detector: { version: '0.0.0', model: 'test' },
    priorOffences: 0,
    sender: { key: event.sender.key, as: event.sender.as, role: event.sender.role },
    targets: { messageIds: [event.message.messageId], sender: 'sealed-501' },
    judgedAt: event.receivedAt + 3,
    ...over,
  };
}

export function aPolicy(over: Partial<GroupPolicy> = {}): GroupPolicy {
  return { ...policyFromPreset('balanced', 'enforce'), ...over };
}

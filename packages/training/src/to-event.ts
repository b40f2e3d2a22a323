/** A text of a corpus as the event that production would judge, so that training and evaluation share its `prepare`. */
import { rootTraceparent, type MessageEvent } from '@chatwarden/contracts';

/** 2026-01-01; nothing in a text model may depend on it. */
const WRITTEN_AT_MS = 1_767_225_600_000;

export function toEvent(text: string): MessageEvent {
  const id = 'corpus';
  return {
    schema: 'chat-event/1',
    kind: 'MessagePosted',
    id,
    groupId: 'g0000000000000000',
    botId: 1,
    chatId: -1,
    occurredAt: WRITTEN_AT_MS,
    receivedAt: WRITTEN_AT_MS,
    traceparent: rootTraceparent(id),
    revision: 1,
    sender: { key: '0'.repeat(32), id: 2, as: 'user', role: 'member', name: '' },
    message: { messageId: 1, text, entities: [], media: [], attachments: [], buttons: [] },
  };
}

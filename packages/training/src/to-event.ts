/**
 * A message of a corpus as the event that production would judge: somebody's first message, with what stands outside its
 * text in the fields where Telegram puts it. Training and evaluation share production's `prepare` through it.
 */
import { rootTraceparent, type Message, type MessageEvent } from '@chatwarden/contracts';
import type { Labelled } from './corpora/labelled.ts';

/** 2026-01-01; nothing in a text model may depend on it. */
const WRITTEN_AT_MS = 1_767_225_600_000;

export function toEvent({ text, meta = {} }: Pick<Labelled, 'text' | 'meta'>): MessageEvent {
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
    sender: { key: '0'.repeat(32), id: 2, as: 'user', role: 'member', name: wordsOf(meta['name']) },
    message: {
      messageId: 1,
      text,
      entities: hiddenLink(text, meta['hidden_link']),
      media: [],
      attachments: [],
      buttons: buttons(meta['buttons']),
      ...provenance(meta),
    },
  };
}

function wordsOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function hiddenLink(text: string, url: unknown): Message['entities'] {
  return typeof url === 'string' ? [{ type: 'text_link', offset: 0, length: text.length, url }] : [];
}

/** Buttons stand in a corpus as "label link", or as one of the two. */
function buttons(labels: unknown): Message['buttons'] {
  return (Array.isArray(labels) ? labels.map(String) : []).map((label) => {
    const url = label.split(/\s+/u).find((word) => /^https?:\/\//u.test(word));
    return url === undefined ? { text: label } : { text: label.replace(url, '').trim() || url, url };
  });
}

function provenance({ forward, via_bot: viaBot, quote }: Record<string, unknown>): Partial<Message> {
  const elsewhere = { type: 'channel', chatId: -2, title: 'A channel' } as const;
  return {
    ...(typeof forward === 'string' ? { forward: forward === 'channel' ? elsewhere : { type: 'user' as const } } : {}),
    ...(viaBot === true ? { viaBot: { id: 3 } } : {}),
    ...(typeof quote === 'string'
      ? {
          quote: { text: quote, manual: true },
          externalReply: { origin: elsewhere, otherChat: true, media: [] },
        }
      : {}),
  };
}

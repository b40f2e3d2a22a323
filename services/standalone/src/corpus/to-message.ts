/** A labelled message as somebody would send it: its text, and what stood outside the text in the same fields of Telegram. */
import type { Said } from '@chatwarden/fake-telegram';
import type { Labelled } from '@chatwarden/training';
import { seededRandom } from '../demo/random.ts';
import { toSaid } from '../demo/to-said.ts';

/** Telegram's limit in UTF-16 code units (Bot API, Message.text: 4096 characters after entities parsing). */
export const TEXT_MAX = 4096;

export interface CorpusMessage {
  said: Said;
  /** The sender's name, where the corpus gives one. */
  senderName?: string;
  wasCut: boolean;
}

/** Null for a message without anything in it. */
export function toMessage({ text: given, meta = {} }: Labelled, nowS: number): CorpusMessage | null {
  if (given.trim() === '') return null;
  const text = cut(given);
  const { name, hidden_link: hidden } = meta;
  const link = typeof hidden === 'string' ? { type: 'text_link' as const, url: hidden } : undefined;
  const entities = link ? { entities: [{ ...link, offset: 0, length: text.length }] } : {};
  return {
    said: { text, ...entities, ...outsideText(meta, nowS) },
    ...(typeof name === 'string' && name.trim() !== '' ? { senderName: name } : {}),
    wasCut: text.length < given.length,
  };
}

function cut(text: string): string {
  const kept = text.slice(0, TEXT_MAX);
  // Half of a surrogate pair is no character.
  return kept.isWellFormed() || !text.isWellFormed() ? kept : kept.slice(0, -1);
}

function outsideText({ forward, via_bot: viaBot, buttons, quote }: Record<string, unknown>, nowS: number): Said {
  const context = { random: seededRandom(nowS), nowS };
  const origin = forward === 'channel' ? { channel: 'A channel' } : { person: 'Somebody' };
  return {
    ...(typeof forward === 'string' ? toSaid({ forwardedFrom: origin }, context) : {}),
    ...(viaBot === true ? toSaid({ viaBot: 'Inline' }, context) : {}),
    ...(Array.isArray(buttons) ? { reply_markup: { inline_keyboard: buttons.map((label) => [toButton(label)]) } } : {}),
    ...(typeof quote === 'string'
      ? {
          ...toSaid({ quotes: { channel: 'A channel', words: '' } }, context),
          quote: { text: quote, position: 0, is_manual: true as const },
        }
      : {}),
  };
}

/** Buttons stand in a corpus as "label link", or as one of the two. */
function toButton(label: unknown) {
  const text = String(label);
  const url = text.split(/\s+/).find((word) => /^https?:\/\//.test(word));
  if (url === undefined) return { text, callback_data: 'corpus' };
  return { text: text.replace(url, '').trim() || url, url };
}

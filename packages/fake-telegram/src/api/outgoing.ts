/** Reads what a bot wants to say: text with entities, keyboard, reply. The errors are Telegram's. */
import type { InlineKeyboardMarkup, Message, MessageEntity } from '@grammyjs/types';
import { findEntities } from '../world/entities.ts';
import { asReply, liveMessage } from '../world/messages.ts';
import { mayWriteIn, threadFields, threadOf } from '../world/topics.ts';
import type { ChatState } from '../world/world.ts';
import type { Inside } from './access.ts';
import { badRequest } from './errors.ts';
import { parseHtml } from './html.ts';
import { isObject, type Input } from './parameters.ts';

const TEXT_MAX = 4096;
const CALLBACK_DATA_MAX_BYTES = 64;

type TextInput = Input<'sendMessage'> | Input<'editMessageText'>;

/** Markdown modes are not parsed: the text stays as it came. */
export function readText(input: TextInput): { text: string; entities: MessageEntity[] | undefined } {
  const raw = input.text('text') ?? '';
  const html = input.text('parse_mode')?.toLowerCase() === 'html';
  const given = input.json('entities');
  const parsed = html
    ? parseHtml(raw)
    : { text: raw, entities: Array.isArray(given) ? (given as MessageEntity[]) : [] };
  // Only the end is trimmed: offsets of entities stay right.
  const text = parsed.text.trimEnd();
  if (text.trim() === '') throw badRequest('message text is empty');
  if (text.length > TEXT_MAX) throw badRequest('message is too long');
  const entities = parsed.entities.length > 0 ? parsed.entities : findEntities(text);
  return { text, entities: entities.length > 0 ? entities : undefined };
}

/** An inline keyboard; other keyboards are accepted and, as on Telegram, not part of the message. */
export function readKeyboard(value: unknown): InlineKeyboardMarkup | undefined {
  if (!isObject(value) || value.inline_keyboard === undefined) return undefined;
  const rows = value.inline_keyboard;
  if (!Array.isArray(rows) || !rows.every(Array.isArray)) {
    throw badRequest('can\'t parse inline keyboard: Field "inline_keyboard" must be of type Array');
  }
  for (const button of rows.flat()) checkButton(button);
  return rows.flat().length > 0 ? { inline_keyboard: rows } : undefined;
}

function checkButton(button: unknown): void {
  if (!isObject(button) || typeof button.text !== 'string') {
    throw badRequest('can\'t parse inline keyboard button: Field "text" must be of type String');
  }
  if (Object.keys(button).length < 2) {
    throw badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
  }
  const data = button.callback_data;
  if (data === undefined) return;
  if (typeof data !== 'string' || Buffer.byteLength(data) > CALLBACK_DATA_MAX_BYTES) {
    throw badRequest('BUTTON_DATA_INVALID');
  }
}

/** The reply's part of a message. Replies across chats are not modelled. */
export function readReply(chat: ChatState, input: Input<'sendMessage'>): Pick<Message, 'reply_to_message' | 'quote'> {
  const reply = input.json('reply_parameters');
  if (!isObject(reply) || reply.message_id === undefined) return {};
  const original = liveMessage(chat, Number(reply.message_id));
  if (!original) {
    if (reply.allow_sending_without_reply === true) return {};
    throw badRequest('message to be replied not found');
  }
  const quote =
    typeof reply.quote === 'string' ? { quote: { text: reply.quote, position: 0, is_manual: true as const } } : {};
  return { reply_to_message: asReply(original.message), ...quote };
}

/** The thread's part of a message: the topic that was named, or that of the message replied to. */
export function readThread(
  { chat, self }: Inside,
  input: Input<'sendMessage'>,
  original: Message['reply_to_message'],
): Partial<Message> {
  const id = threadOf(input.integer('message_thread_id'), original);
  const fields = threadFields(chat, id);
  if (!fields) throw badRequest('message thread not found');
  if (!mayWriteIn(chat, id, self)) throw badRequest('TOPIC_CLOSED');
  return fields;
}

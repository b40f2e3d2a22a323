/**
 * A Telegram message in our terms (contracts/message.ts). Pure, and trusting little: a field that is missing or of
 * another shape than documented is left out, never a reason to fail.
 */
import type { Button, Entity, ExternalReply, Message as OurMessage } from '@chatwarden/contracts';
import type { Message } from '../telegram/telegram-api.ts';
import { attachmentChatsOf, attachmentTextOf, attachmentUrlsOf } from './attachment-contents.ts';
import { attachmentsOf, mediaKindsOf, mediaOf } from './message-contents.ts';
import { readRichMessage } from './rich-text.ts';
import { list, optionalName, toOrigin } from './to-origin.ts';

export function toMessage(message: Message): OurMessage {
  const rich = readRichMessage(message.rich_message);
  const text = message.text ?? message.caption ?? rich.text;
  return {
    messageId: message.message_id,
    text,
    entities: list(message.entities ?? message.caption_entities)
      .filter(isEntity)
      .map(toEntity),
    media: mediaOf(message),
    attachments: attachmentsOf(message),
    buttons: buttonsOf(message),
    ...(message.is_topic_message && message.message_thread_id ? { threadId: message.message_thread_id } : {}),
    ...(message.media_group_id ? { albumId: message.media_group_id } : {}),
    ...attached(message, rich.urls),
    ...provenance(message),
    ...replies(message),
    ...(message.edit_date ? { editedAt: message.edit_date * 1000, sentAt: message.date * 1000 } : {}),
  };
}

function attached(message: Message, richUrls: readonly string[]): Partial<OurMessage> {
  const attachmentText = attachmentTextOf(message);
  const attachmentUrls = [...attachmentUrlsOf(message), ...richUrls];
  const attachmentChats = attachmentChatsOf(message);
  return {
    ...(attachmentText ? { attachmentText } : {}),
    ...(attachmentUrls.length > 0 ? { attachmentUrls } : {}),
    ...(attachmentChats.length > 0 ? { attachmentChats } : {}),
    ...(message.contact?.phone_number ? { contactPhone: message.contact.phone_number } : {}),
  };
}

function provenance(message: Message): Partial<OurMessage> {
  const preview = message.link_preview_options;
  return {
    ...(message.forward_origin ? { forward: toOrigin(message.forward_origin) } : {}),
    ...(message.is_automatic_forward ? { automaticForward: true } : {}),
    ...(message.via_bot ? { viaBot: { id: message.via_bot.id, ...optionalName(message.via_bot.username) } } : {}),
    ...(message.guest_bot_caller_user || message.guest_bot_caller_chat ? { guestBot: true } : {}),
    ...(message.is_from_offline ? { scheduled: true } : {}),
    ...(preview
      ? {
          linkPreview: {
            ...(preview.url ? { url: preview.url } : {}),
            ...(preview.is_disabled ? { disabled: true as const } : {}),
            ...(preview.show_above_text ? { aboveText: true as const } : {}),
          },
        }
      : {}),
  };
}

function replies(message: Message): Partial<OurMessage> {
  return {
    ...(message.external_reply ? { externalReply: toExternalReply(message) } : {}),
    ...(message.quote?.text ? { quote: { text: message.quote.text, manual: message.quote.is_manual === true } } : {}),
    ...(message.reply_to_message ? { replyTo: toReplyTo(message.reply_to_message) } : {}),
    ...(message.reply_to_story ? { replyToStory: true } : {}),
  };
}

/** One that points nowhere marks nothing, and must not cost the message. */
function isEntity(entity: Partial<NonNullable<Message['entities']>[number]> | null | undefined): boolean {
  const { offset = -1, length = -1 } = entity ?? {};
  return Number.isInteger(offset) && Number.isInteger(length) && offset >= 0 && length >= 0;
}

function toEntity(entity: NonNullable<Message['entities']>[number]): Entity {
  return {
    type: String(entity.type),
    offset: entity.offset,
    length: entity.length,
    ...('url' in entity && entity.url ? { url: entity.url } : {}),
    ...('user' in entity && entity.user ? { userId: entity.user.id } : {}),
    ...('custom_emoji_id' in entity && entity.custom_emoji_id ? { customEmojiId: entity.custom_emoji_id } : {}),
  };
}

function toExternalReply(message: Message): ExternalReply {
  const reply = message.external_reply as NonNullable<Message['external_reply']>;
  const preview = reply.link_preview_options?.url;
  const attachments = attachmentsOf(reply);
  return {
    origin: reply.origin ? toOrigin(reply.origin) : { type: 'unknown' },
    // Replies across topics of one forum are external too, but stay in this chat.
    otherChat: reply.chat?.id !== message.chat.id,
    media: mediaKindsOf(reply),
    ...(attachments.length > 0 ? { attachments } : {}),
    ...(preview ? { linkPreviewUrl: preview } : {}),
  };
}

function toReplyTo(reply: NonNullable<Message['reply_to_message']>): NonNullable<OurMessage['replyTo']> {
  return {
    messageId: reply.message_id,
    ...('is_automatic_forward' in reply && reply.is_automatic_forward ? { automaticForward: true } : {}),
    ...(reply.date ? { sentAt: reply.date * 1000 } : {}),
  };
}

function buttonsOf(message: Message): Button[] {
  return list(message.reply_markup?.inline_keyboard)
    .flatMap((row) => list(row))
    .map((button) => {
      const url = urlOf(button);
      return { text: String(button.text ?? ''), ...(url ? { url } : {}) };
    });
}

/** Where a button leads: login and Mini App buttons open an address as well. */
function urlOf(button: object): string | undefined {
  const { url, login_url: login, web_app: app } = button as Record<string, unknown>;
  const found = url ?? (login as { url?: unknown } | undefined)?.url ?? (app as { url?: unknown } | undefined)?.url;
  return typeof found === 'string' ? found : undefined;
}

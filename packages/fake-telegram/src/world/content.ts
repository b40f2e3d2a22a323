/** What a message carries: which right it takes to send it, and whether Telegram itself wrote it. */
import type { Message } from '@grammyjs/types';
import type { Permissions } from './world.ts';

/** The right that each kind of content needs, first match wins; anything else needs `can_send_messages`. */
const RIGHT_FOR_CONTENT = [
  ['photo', 'can_send_photos'],
  ['live_photo', 'can_send_photos'],
  ['animation', 'can_send_other_messages'],
  ['sticker', 'can_send_other_messages'],
  ['game', 'can_send_other_messages'],
  ['via_bot', 'can_send_other_messages'],
  ['video_note', 'can_send_video_notes'],
  ['video', 'can_send_videos'],
  ['voice', 'can_send_voice_notes'],
  ['audio', 'can_send_audios'],
  ['document', 'can_send_documents'],
  ['poll', 'can_send_polls'],
] as const satisfies readonly (readonly [keyof Message, keyof Permissions])[];

export function rightToSend(message: Partial<Message>): keyof Permissions {
  return RIGHT_FOR_CONTENT.find(([content]) => message[content] !== undefined)?.[1] ?? 'can_send_messages';
}

/** Service messages that this fake produces. */
const SERVICE_CONTENT = [
  'new_chat_members',
  'left_chat_member',
  'migrate_to_chat_id',
  'migrate_from_chat_id',
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
] as const satisfies readonly (keyof Message)[];

export function isServiceMessage(message: Message): boolean {
  return isChatCreation(message) || SERVICE_CONTENT.some((content) => message[content] !== undefined);
}

/** Nobody can delete these (Bot API, deleteMessage). */
export function isChatCreation(message: Message): boolean {
  return message.supergroup_chat_created === true || message.channel_chat_created === true;
}

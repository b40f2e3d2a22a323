/** What a message is made of besides its text: one literal table per family of Bot API fields. */
import type { Attachment, Media, MediaKind } from '@chatwarden/contracts';
import type { Message } from '../telegram/telegram-api.ts';

type Field = keyof Message;

const MEDIA: readonly (readonly [field: Field, kind: MediaKind])[] = [
  ['photo', 'photo'],
  ['video', 'video'],
  ['animation', 'animation'],
  ['audio', 'audio'],
  ['document', 'document'],
  ['sticker', 'sticker'],
  ['voice', 'voice'],
  ['video_note', 'videoNote'],
  ['live_photo', 'livePhoto'],
  ['paid_media', 'paidMedia'],
];

const ATTACHMENTS: readonly (readonly [field: Field, attachment: Attachment])[] = [
  ['contact', 'contact'],
  ['poll', 'poll'],
  ['poll_option_added', 'poll'],
  ['story', 'story'],
  ['giveaway', 'giveaway'],
  ['giveaway_winners', 'giveawayWinners'],
  ['game', 'game'],
  ['dice', 'dice'],
  ['venue', 'venue'],
  ['location', 'location'],
  ['invoice', 'invoice'],
  ['checklist', 'checklist'],
  ['checklist_tasks_added', 'checklist'],
  ['gift', 'gift'],
  ['unique_gift', 'gift'],
];

/**
 * Messages about the chat rather than in it; nobody wrote them. An option added to somebody's poll and a task added to a
 * checklist are no such: they carry words of whoever added them.
 */
const SERVICE_FIELDS: readonly Field[] = [
  'new_chat_members',
  'left_chat_member',
  'new_chat_title',
  'new_chat_photo',
  'delete_chat_photo',
  'group_chat_created',
  'supergroup_chat_created',
  'channel_chat_created',
  'message_auto_delete_timer_changed',
  'migrate_to_chat_id',
  'migrate_from_chat_id',
  'pinned_message',
  'successful_payment',
  'refunded_payment',
  'users_shared',
  'chat_shared',
  'connected_website',
  'write_access_allowed',
  'passport_data',
  'proximity_alert_triggered',
  'boost_added',
  'chat_background_set',
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
  'general_forum_topic_hidden',
  'general_forum_topic_unhidden',
  'giveaway_created',
  'giveaway_completed',
  'video_chat_scheduled',
  'video_chat_started',
  'video_chat_ended',
  'video_chat_participants_invited',
  'web_app_data',
  'chat_owner_left',
  'chat_owner_changed',
  'community_chat_added',
  'community_chat_joined',
  'community_chat_removed',
  'checklist_tasks_done',
  'poll_option_deleted',
  'gift_upgrade_sent',
  'managed_bot_created',
  'paid_message_price_changed',
  'direct_message_price_changed',
  'suggested_post_approved',
  'suggested_post_approval_failed',
  'suggested_post_declined',
  'suggested_post_paid',
  'suggested_post_refunded',
];

export function isServiceMessage(message: Message): boolean {
  return SERVICE_FIELDS.some((field) => message[field] !== undefined);
}

type Bearer = { has_media_spoiler?: true } & { [field in Field]?: unknown };

export function mediaKindsOf(bearer: object): MediaKind[] {
  return MEDIA.filter(([field]) => (bearer as Bearer)[field] !== undefined).map(([, kind]) => kind);
}

export function mediaOf(message: Message): Media[] {
  // Telegram repeats an animation as a document and a live photo as a photo for old clients.
  const repeated = new Set<MediaKind>();
  if (message.animation) repeated.add('document');
  if (message.live_photo) repeated.add('photo');
  const kinds = mediaKindsOf(message).filter((kind) => !repeated.has(kind));
  return kinds.map((kind) => {
    const file = fileOf(message, kind);
    return {
      kind,
      ...(file?.file_unique_id ? { fileUniqueId: file.file_unique_id } : {}),
      ...(file?.file_name ? { fileName: file.file_name } : {}),
      ...(message.has_media_spoiler ? { spoiler: true } : {}),
    };
  });
}

interface FileLike {
  file_unique_id?: string;
  file_name?: string;
}

function fileOf(message: Message, kind: MediaKind): FileLike | undefined {
  const field = MEDIA.find(([, candidate]) => candidate === kind)?.[0];
  const value = field && (message[field] as FileLike | FileLike[] | undefined);
  // A photo is a list of sizes; the largest is last and the same file for every copy.
  return Array.isArray(value) ? value.at(-1) : value || undefined;
}

/** Of a message, or of the message that an external reply shows. */
export function attachmentsOf(bearer: object): Attachment[] {
  const found = ATTACHMENTS.filter(([field]) => (bearer as Bearer)[field] !== undefined).map(([, kind]) => kind);
  return [...new Set(found)];
}

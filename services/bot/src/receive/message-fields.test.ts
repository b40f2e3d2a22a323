/**
 * Every field of a Telegram message has been looked at: it is read, it makes a service message, or the reason why it is
 * no signal stands here. A new version of the Bot API's types does not compile until its fields were looked at too.
 */
import { describe, expect, test } from 'vitest';
import { anEventContext, aTelegramMessage } from '../../test/telegram-builders.ts';
import type { Message } from '../telegram/telegram-api.ts';
import { isServiceMessage } from './message-contents.ts';
import { toChatEvent } from './to-chat-event.ts';

const READ = 'read';
const SERVICE = 'service';

const NOT_IN_GROUPS = 'not in groups';
const FIELDS: Readonly<Record<keyof Message, typeof READ | typeof SERVICE | `no signal: ${string}`>> = {
  message_id: READ,
  message_thread_id: READ,
  from: READ,
  sender_chat: READ,
  date: READ,
  guest_query_id: `no signal: ${NOT_IN_GROUPS}, the query goes to the guest bot`,
  business_connection_id: `no signal: ${NOT_IN_GROUPS}`,
  chat: READ,
  is_topic_message: READ,
  direct_messages_topic: `no signal: ${NOT_IN_GROUPS}`,
  sender_tag: READ,
  receiver_user: 'no signal: of messages that only one person sees',
  ephemeral_message_id: 'no signal: of messages that only one person sees',
  sender_boost_count: READ,
  sender_business_bot: `no signal: ${NOT_IN_GROUPS}`,
  forward_origin: READ,
  is_automatic_forward: READ,
  reply_to_message: READ,
  reply_to_checklist_task_id: 'no signal: which part of a message is answered',
  reply_to_poll_option_id: 'no signal: which part of a message is answered',
  is_paid_post: 'no signal: of suggested posts in channels',
  external_reply: READ,
  quote: READ,
  reply_to_story: READ,
  via_bot: READ,
  guest_bot_caller_user: READ,
  guest_bot_caller_chat: READ,
  edit_date: READ,
  has_protected_content: 'no signal: the chat or a bot sets it',
  show_caption_above_media: 'no signal: layout',
  is_from_offline: READ,
  author_signature: 'no signal: of administrators and channels',
  link_preview_options: READ,
  effect_id: `no signal: ${NOT_IN_GROUPS}`,
  paid_star_count: 'no signal: honest people and advertisers pay alike',
  reply_markup: READ,
  caption: READ,
  caption_entities: READ,
  media_group_id: READ,
  has_media_spoiler: READ,
  text: READ,
  entities: READ,
  rich_message: READ,
  animation: READ,
  audio: READ,
  document: READ,
  live_photo: READ,
  paid_media: READ,
  photo: READ,
  sticker: READ,
  story: READ,
  video: READ,
  video_note: READ,
  voice: READ,
  contact: READ,
  dice: READ,
  game: READ,
  poll: READ,
  venue: READ,
  location: READ,
  checklist: READ,
  checklist_tasks_done: SERVICE,
  checklist_tasks_added: READ,
  community_chat_added: SERVICE,
  community_chat_removed: SERVICE,
  suggested_post_info: `no signal: ${NOT_IN_GROUPS}`,
  suggested_post_approved: SERVICE,
  suggested_post_approval_failed: SERVICE,
  suggested_post_declined: SERVICE,
  suggested_post_paid: SERVICE,
  suggested_post_refunded: SERVICE,
  chat_owner_left: SERVICE,
  chat_owner_changed: SERVICE,
  new_chat_members: SERVICE,
  community_chat_joined: SERVICE,
  left_chat_member: SERVICE,
  new_chat_title: SERVICE,
  new_chat_photo: SERVICE,
  delete_chat_photo: SERVICE,
  group_chat_created: SERVICE,
  supergroup_chat_created: SERVICE,
  channel_chat_created: SERVICE,
  managed_bot_created: SERVICE,
  poll_option_added: READ,
  poll_option_deleted: SERVICE,
  message_auto_delete_timer_changed: SERVICE,
  migrate_to_chat_id: SERVICE,
  migrate_from_chat_id: SERVICE,
  pinned_message: SERVICE,
  invoice: READ,
  successful_payment: SERVICE,
  refunded_payment: SERVICE,
  users_shared: SERVICE,
  chat_shared: SERVICE,
  connected_website: SERVICE,
  write_access_allowed: SERVICE,
  passport_data: SERVICE,
  proximity_alert_triggered: SERVICE,
  boost_added: SERVICE,
  chat_background_set: SERVICE,
  forum_topic_created: SERVICE,
  forum_topic_edited: SERVICE,
  forum_topic_closed: SERVICE,
  forum_topic_reopened: SERVICE,
  general_forum_topic_hidden: SERVICE,
  general_forum_topic_unhidden: SERVICE,
  giveaway_created: SERVICE,
  giveaway: READ,
  giveaway_winners: READ,
  giveaway_completed: SERVICE,
  gift: READ,
  gift_upgrade_sent: SERVICE,
  unique_gift: READ,
  paid_message_price_changed: SERVICE,
  direct_message_price_changed: SERVICE,
  video_chat_scheduled: SERVICE,
  video_chat_started: SERVICE,
  video_chat_ended: SERVICE,
  video_chat_participants_invited: SERVICE,
  web_app_data: SERVICE,
};

const fieldsOf = (kind: string) =>
  Object.entries(FIELDS)
    .filter(([, decided]) => decided.startsWith(kind))
    .map(([field]) => field);

const withFields = (fields: object): Message => aTelegramMessage(fields as Partial<Message>);

/** Fields that are looked at when a message that has only the usual ones becomes an event. */
function looked(over: object = {}): Set<string> {
  const seen = new Set<string>();
  const message = new Proxy(withFields(over), {
    get: (target, field, receiver) => {
      seen.add(String(field));
      return Reflect.get(target, field, receiver) as unknown;
    },
  });
  toChatEvent(message, 'MessageEdited', anEventContext());
  return seen;
}

describe('every field of a message', () => {
  test('that is a signal is read', () => {
    const seen = new Set([
      ...looked(),
      // Looked at where there is no text or entity before it, and where the field that it belongs to is there.
      ...looked({ text: undefined, entities: undefined, is_topic_message: true, document: { file_unique_id: 'd' } }),
    ]);
    expect(fieldsOf(READ).filter((field) => !seen.has(field))).toEqual([]);
  });

  test('that is no signal is not', () => {
    const seen = looked();
    expect(fieldsOf('no signal').filter((field) => seen.has(field))).toEqual([]);
  });

  test.each(fieldsOf(SERVICE))('%s makes a service message', (field) => {
    expect(isServiceMessage(withFields({ text: undefined, [field]: {} }))).toBe(true);
  });
});

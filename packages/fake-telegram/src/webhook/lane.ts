/**
 * Which updates wait for each other: one of a lane is under way at a time, in order. The lanes are those of
 * tdlib/telegram-bot-api (Client.cpp, webhook_queue_id): messages go by chat, presses and changes of other members by
 * person, so a press or a join may overtake a message of the same chat.
 */
import type { Update } from '@grammyjs/types';

export function laneOf(update: Update): string {
  const message = update.message ?? update.edited_message ?? update.channel_post ?? update.edited_channel_post;
  if (message) return `chat ${message.chat.id}`;
  if (update.callback_query) return `presses of ${update.callback_query.from.id}`;
  if (update.my_chat_member) return `own status in ${update.my_chat_member.chat.id}`;
  if (update.chat_member) return `member ${update.chat_member.new_chat_member.user.id}`;
  if (update.chat_join_request) return `member ${update.chat_join_request.from.id}`;
  if (update.message_reaction) return `reactions in ${update.message_reaction.chat.id}`;
  if (update.message_reaction_count) return `reaction counts in ${update.message_reaction_count.chat.id}`;
  return `update ${update.update_id}`;
}

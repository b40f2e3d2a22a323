/** Sending, editing and deleting. */
import type { LinkPreviewOptions } from '@grammyjs/types';
import { isChatCreation } from '../../world/content.ts';
import { hasRight, isPermitted } from '../../world/members.ts';
import { DELETABLE_FOR_S, deleteMessage, editMessage, liveMessage, postMessage } from '../../world/messages.ts';
import { dateNow, type StoredMessage } from '../../world/world.ts';
import { enterChat, requireRight, type Inside } from '../access.ts';
import type { Call, Methods } from '../call.ts';
import { badRequest, tooManyRequests } from '../errors.ts';
import { readKeyboard, readReply, readText, readThread } from '../outgoing.ts';
import { isObject, type Input } from '../parameters.ts';

const DELETED_PER_CALL_MAX = 100;

export const messageMethods = {
  sendMessage(call, input) {
    const inside = enterChat(call, input);
    requireMaySend(inside);
    const { text, entities } = readText(input);
    const keyboard = readKeyboard(input.json('reply_markup'));
    const preview = input.json('link_preview_options');
    const reply = readReply(inside.chat, input);
    const thread = readThread(inside, input, reply.reply_to_message);
    takeSendLimit(call, inside);
    const draft = {
      ...(inside.chat.chat.type === 'channel' ? { sender_chat: inside.chat.chat } : { from: call.bot.user }),
      ...thread,
      ...reply,
      text,
      ...(entities ? { entities } : {}),
      ...(isObject(preview) ? { link_preview_options: preview as LinkPreviewOptions } : {}),
      ...(keyboard ? { reply_markup: keyboard } : {}),
    };
    const message = postMessage(call.world, inside.chat, { draft, botId: call.bot.user.id });
    return { ...message, text };
  },

  editMessageText(call, input) {
    const { inside, stored } = findOwnMessage(call, input);
    const { text, entities } = readText(input);
    const reply_markup = readKeyboard(input.json('reply_markup'));
    const { message } = stored;
    if (same([message.text, message.entities, message.reply_markup], [text, entities, reply_markup])) {
      throw notModified();
    }
    const changes = { text, entities, reply_markup };
    return { ...editMessage(call.world, inside.chat, { id: message.message_id, changes }), text };
  },

  editMessageReplyMarkup(call, input) {
    const { inside, stored } = findOwnMessage(call, input);
    const reply_markup = readKeyboard(input.json('reply_markup'));
    if (same(stored.message.reply_markup, reply_markup)) throw notModified();
    return editMessage(call.world, inside.chat, { id: stored.message.message_id, changes: { reply_markup } });
  },

  deleteMessage(call, input) {
    const inside = enterChat(call, input);
    const id = input.integer('message_id') ?? 0;
    if (id === 0) throw badRequest('message identifier is not specified');
    const stored = liveMessage(inside.chat, id);
    if (!stored) throw badRequest('message to delete not found');
    requireDeletable(call, inside, stored);
    deleteMessage(call.world, inside.chat, { id, byId: call.bot.user.id });
    return true;
  },

  deleteMessages(call, input) {
    const inside = enterChat(call, input);
    const ids = input.integers('message_ids') ?? [];
    if (ids.length === 0) throw badRequest('message identifiers are not specified');
    if (ids.length > DELETED_PER_CALL_MAX) throw badRequest('too many message identifiers specified');
    // All are looked at before the first is deleted: one that may not go stops the whole call.
    for (const id of ids) {
      const stored = liveMessage(inside.chat, id);
      if (stored) requireDeletable(call, inside, stored);
    }
    for (const id of ids) deleteMessage(call.world, inside.chat, { id, byId: call.bot.user.id });
    return true;
  },
} satisfies Methods;

function requireMaySend({ chat, self }: Inside): void {
  if (chat.chat.type === 'channel') {
    return requireRight(self, 'can_post_messages', 'need administrator rights in the channel chat');
  }
  if (chat.chat.type === 'private' || isPermitted(chat, self, 'can_send_messages')) return;
  throw badRequest('not enough rights to send text messages to the chat');
}

function takeSendLimit({ world, bot, sendLimit }: Call, { chat }: Inside): void {
  const lane = { key: `${bot.user.id}/${chat.key}`, isGroup: chat.chat.type !== 'private' };
  const waitS = sendLimit.take(lane, world.clock.now());
  if (waitS > 0) throw tooManyRequests(waitS);
}

function findOwnMessage(
  call: Call,
  input: Input<'editMessageText'> | Input<'editMessageReplyMarkup'>,
): { inside: Inside; stored: StoredMessage } {
  const inside = enterChat(call, input);
  const id = input.integer('message_id') ?? 0;
  if (id === 0) throw badRequest('message identifier is not specified');
  const stored = liveMessage(inside.chat, id);
  if (!stored) throw badRequest('message to edit not found');
  const editor = inside.chat.chat.type === 'channel' && hasRight(inside.self, 'can_edit_messages');
  if (stored.botId !== call.bot.user.id && !editor) throw badRequest("message can't be edited");
  return { inside, stored };
}

/** Bot API, deleteMessage: which messages, by whom, and for how long. */
function requireDeletable({ world, bot }: Call, { chat, self }: Inside, { message, botId }: StoredMessage): void {
  if (dateNow(world) - message.date >= DELETABLE_FOR_S) throw badRequest("message can't be deleted for everyone");
  if (isChatCreation(message)) throw badRequest("message can't be deleted");
  if (chat.chat.type === 'private' || hasRight(self, 'can_delete_messages')) return;
  if (botId !== bot.user.id) throw badRequest("message can't be deleted");
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const notModified = () =>
  badRequest(
    'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
  );

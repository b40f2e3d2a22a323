/** Banning channels that speak in a group. A ban has no end and bots get no update about it. */
import { recordEffect } from '../../world/world.ts';
import { enterChat, requireRight } from '../access.ts';
import type { Call, Methods } from '../call.ts';
import { badRequest } from '../errors.ts';
import type { Input } from '../parameters.ts';

export const senderChatMethods = {
  banChatSenderChat: (call, input) => setSenderBan(call, input, true),
  unbanChatSenderChat: (call, input) => setSenderBan(call, input, false),
} satisfies Methods;

function setSenderBan(
  call: Call,
  input: Input<'banChatSenderChat'> | Input<'unbanChatSenderChat'>,
  banned: boolean,
): true {
  const { chat, self } = enterChat(call, input);
  if (chat.chat.type === 'private') throw badRequest("can't ban members in private chats");
  if (chat.chat.type === 'group') throw badRequest("can't ban chats in basic groups");
  const senderId = input.integer('sender_chat_id') ?? 0;
  if (!call.world.chats.has(senderId)) throw badRequest('chat not found');
  requireRight(self, 'can_restrict_members', 'not enough rights to restrict/unrestrict chat member');
  if (banned) chat.bannedSenderChats.add(senderId);
  else chat.bannedSenderChats.delete(senderId);
  const kind = banned ? 'senderChatBanned' : 'senderChatUnbanned';
  recordEffect(call.world, { kind, chatId: chat.chat.id, userId: senderId, byId: call.bot.user.id });
  return true;
}

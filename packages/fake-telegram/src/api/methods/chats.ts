/** Looking at chats and their members, and leaving them. */
import type { ChatFullInfo } from '@grammyjs/types';
import { changeMember } from '../../world/change-member.ts';
import { isPresent, memberOf } from '../../world/members.ts';
import { enterChat, findChat, findUser } from '../access.ts';
import type { Methods } from '../call.ts';
import { badRequest } from '../errors.ts';

const NO_GIFTS = {
  unlimited_gifts: false,
  limited_gifts: false,
  unique_gifts: false,
  premium_subscription: false,
  gifts_from_channels: false,
};

export const chatMethods = {
  getChat(call, input) {
    const chat = findChat(call, input);
    if (chat.chat.type !== 'private' && chat.chat.username === undefined) enterChat(call, input);
    return {
      ...chat.chat,
      accent_color_id: 0,
      max_reaction_count: 11,
      accepted_gift_types: NO_GIFTS,
      ...(chat.chat.username ? { active_usernames: [chat.chat.username] } : {}),
      ...(chat.chat.type === 'group' || chat.chat.type === 'supergroup' ? { permissions: chat.permissions } : {}),
      ...(chat.joinByRequest ? { join_by_request: true } : {}),
      ...(chat.linkedChatId === undefined ? {} : { linked_chat_id: chat.linkedChatId }),
    } as ChatFullInfo;
  },

  getChatMember(call, input) {
    const { chat } = enterChat(call, input);
    const user = findUser(call, input.integer('user_id'));
    if (chat.chat.type === 'private') return { status: 'member', user };
    return memberOf(call.world, chat, user) ?? { status: 'left', user };
  },

  getChatMemberCount(call, input) {
    const { chat } = enterChat(call, input);
    if (chat.chat.type === 'private') return 2;
    return [...chat.members.values()].filter(isPresent).length;
  },

  getChatAdministrators(call, input) {
    const { chat } = enterChat(call, input);
    if (chat.chat.type === 'private') throw badRequest('there are no administrators in the private chat');
    const otherBots = input.flag('return_bots');
    return [...chat.members.values()]
      .filter((member) => member.status === 'creator' || member.status === 'administrator')
      .filter(({ user }) => otherBots || !user.is_bot || user.id === call.bot.user.id);
  },

  leaveChat(call, input) {
    const { chat, self } = enterChat(call, input);
    if (chat.chat.type === 'private') throw badRequest("chat can't be left");
    const { user } = self;
    changeMember(call.world, chat, { member: { status: 'left', user }, by: user, effect: 'memberLeft' });
    return true;
  },

  sendChatAction(call, input) {
    enterChat(call, input);
    if (!input.text('action')) throw badRequest('wrong parameter action in request');
    return true;
  },
} satisfies Methods;

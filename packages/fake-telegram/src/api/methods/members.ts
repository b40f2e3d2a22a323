/** Banning, restricting, and taking both back; what members may do by default. */
import { isDeepStrictEqual } from 'node:util';
import type { ChatMember, User } from '@grammyjs/types';
import { changeMember } from '../../world/change-member.ts';
import { isPresent, memberOf } from '../../world/members.ts';
import { isEverything, permissionsFrom } from '../../world/rights.ts';
import { dateNow, recordEffect } from '../../world/world.ts';
import { enterChat, findUser, requireRight, type Inside } from '../access.ts';
import type { Call, Methods } from '../call.ts';
import { badRequest } from '../errors.ts';
import { isObject, type Input } from '../parameters.ts';

/** Bot API, banChatMember and restrictChatMember: anything shorter or longer is for ever. */
const UNTIL_MIN_S = 30;
const UNTIL_MAX_S = 366 * 86_400;

export const memberMethods = {
  banChatMember(call, input) {
    const { inside, user } = findTarget(call, input, "can't ban members in private chats");
    requireOrdinary(call, inside, user);
    // revoke_messages only hides the person's messages from that person: nothing changes for anybody else.
    const until_date = inside.chat.chat.type === 'group' ? 0 : untilDate(call, input);
    const member: ChatMember = { status: 'kicked', user, until_date };
    changeMember(call.world, inside.chat, { member, by: call.bot.user, effect: 'memberBanned' });
    return true;
  },

  unbanChatMember(call, input) {
    const { inside, user } = findTarget(call, input, 'method is available for supergroup and channel chats only');
    const { chat } = inside;
    if (chat.chat.type === 'group') throw badRequest('method is available for supergroup and channel chats only');
    const before = memberOf(call.world, chat, user);
    const banned = before?.status === 'kicked';
    if (!banned && (input.flag('only_if_banned') || !isPresent(before))) return true;
    // Without only_if_banned somebody who is there is removed.
    requireOrdinary(call, inside, user);
    const effect = banned ? 'memberUnbanned' : 'memberLeft';
    changeMember(call.world, chat, { member: { status: 'left', user }, by: call.bot.user, effect });
    return true;
  },

  restrictChatMember(call, input) {
    const { inside, user } = findTarget(call, input, 'method is available only for supergroups');
    const { chat } = inside;
    if (chat.chat.type !== 'supergroup') throw badRequest('method is available only for supergroups');
    requireOrdinary(call, inside, user);
    const asked = input.json('permissions');
    if (!isObject(asked)) throw badRequest("can't parse permissions JSON object");
    const permissions = permissionsFrom(asked, input.flag('use_independent_chat_permissions'));
    const is_member = isPresent(memberOf(call.world, chat, user));
    const lifted = isEverything(permissions);
    const member: ChatMember = lifted
      ? { status: is_member ? 'member' : 'left', user }
      : { status: 'restricted', user, is_member, ...permissions, until_date: untilDate(call, input) };
    const effect = lifted ? 'memberUnrestricted' : 'memberRestricted';
    changeMember(call.world, chat, { member, by: call.bot.user, effect });
    return true;
  },

  setChatPermissions(call, input) {
    const { chat, self } = enterChat(call, input);
    const { type } = chat.chat;
    if (type === 'private' || type === 'channel') throw badRequest(`can't change ${type} chat permissions`);
    requireRight(self, 'can_restrict_members', 'not enough rights to change chat permissions');
    const asked = input.json('permissions');
    if (!isObject(asked)) throw badRequest("can't parse permissions JSON object");
    const permissions = permissionsFrom(asked, input.flag('use_independent_chat_permissions'));
    if (isDeepStrictEqual(permissions, chat.permissions)) throw badRequest('CHAT_NOT_MODIFIED');
    chat.permissions = permissions;
    recordEffect(call.world, { kind: 'permissionsChanged', chatId: chat.chat.id, byId: call.bot.user.id });
    return true;
  },
} satisfies Methods;

type TargetInput = Input<'banChatMember'> | Input<'unbanChatMember'> | Input<'restrictChatMember'>;

function findTarget(call: Call, input: TargetInput, notInPrivate: string): { inside: Inside; user: User } {
  const inside = enterChat(call, input);
  if (inside.chat.chat.type === 'private') throw badRequest(notInPrivate);
  const user = findUser(call, input.integer('user_id'));
  requireRight(inside.self, 'can_restrict_members', 'not enough rights to restrict/unrestrict chat member');
  return { inside, user };
}

function requireOrdinary(call: Call, { chat }: Inside, user: User): void {
  if (user.id === call.bot.user.id) throw badRequest("can't restrict self");
  const status = memberOf(call.world, chat, user)?.status;
  if (status === 'creator') throw badRequest("can't remove chat owner");
  if (status === 'administrator') throw badRequest('user is an administrator of the chat');
}

function untilDate({ world }: Call, input: Input<'banChatMember'> | Input<'restrictChatMember'>): number {
  const until = input.integer('until_date') ?? 0;
  const fromNowS = until - dateNow(world);
  return fromNowS < UNTIL_MIN_S || fromNowS > UNTIL_MAX_S ? 0 : until;
}

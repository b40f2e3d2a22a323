/** Who is what in a chat. Bans and restrictions run out by the clock when somebody looks, as on Telegram: without an update. */
import type { ChatAdministratorRights, ChatMember, User } from '@grammyjs/types';
import { dateNow, type ChatState, type Permissions, type World } from './world.ts';

/** The user's status now; undefined for somebody who was never here. */
export function memberOf(world: World, chat: ChatState, user: User): ChatMember | undefined {
  const member = chat.members.get(user.id);
  if (member?.status !== 'kicked' && member?.status !== 'restricted') return member;
  if (member.until_date === 0 || dateNow(world) < member.until_date) return member;
  const here = member.status === 'restricted' && member.is_member;
  const expired: ChatMember = { status: here ? 'member' : 'left', user };
  chat.members.set(user.id, expired);
  return expired;
}

export function isPresent(member: ChatMember | undefined): boolean {
  if (member === undefined || member.status === 'left' || member.status === 'kicked') return false;
  return member.status !== 'restricted' || member.is_member;
}

/** Whether an administrator has a right; the owner has them all. */
export function hasRight(member: ChatMember | undefined, right: keyof ChatAdministratorRights): boolean {
  if (member?.status === 'creator') return true;
  return member?.status === 'administrator' && member[right] === true;
}

/** Whether the chat lets this member do it, by own restriction or by the chat's default permissions. */
export function isPermitted(chat: ChatState, member: ChatMember, permission: keyof Permissions): boolean {
  if (member.status === 'creator' || member.status === 'administrator') return true;
  if (!chat.permissions[permission]) return false;
  return member.status !== 'restricted' || member[permission];
}

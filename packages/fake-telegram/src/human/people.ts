/** People, bots and chats coming into being; people coming, going and being put in their place. */
import type { ChatAdministratorRights, ChatMember, User } from '@grammyjs/types';
import { changeMember } from '../world/change-member.ts';
import { createBot, createChat, type NewBot, type NewChat } from '../world/chats.ts';
import { inviteLinkOf } from '../world/join-requests.ts';
import { isPresent, memberOf } from '../world/members.ts';
import { migrate as becomeSupergroup } from '../world/migrate.ts';
import { administratorRights, permissionsFrom } from '../world/rights.ts';
import type { ChatKey, Permissions, World } from '../world/world.ts';
import { HumanError } from './errors.ts';
import { needOpenChat, needUser, ownerOf } from './find.ts';

const FIRST_USER_ID = 5_000_000_001;

export type NewUser = Partial<Omit<User, 'is_bot'>>;

export function addUser(world: World, given: NewUser): User {
  const id = given.id ?? FIRST_USER_ID + world.users.size;
  const user = { first_name: `User ${id}`, ...given, id, is_bot: false };
  world.users.set(id, user);
  return user;
}

export function addBot(world: World, given: NewBot): User {
  if (!/^\d+:\w/.test(given.token)) throw new HumanError('invalid', 'a bot token looks like 123456:ABC');
  return createBot(world, given).user;
}

export type ChatRequest = Omit<NewChat, 'owner'> & { owner: number };

/** The new chat's key. */
export function addChat(world: World, { owner, ...rest }: ChatRequest): ChatKey {
  return createChat(world, { ...rest, owner: needUser(world, owner) }).key;
}

export interface Membership {
  chat: ChatKey;
  user: number;
  /** Who does it; the user itself unless stated. */
  by?: number;
}

export interface Joining extends Membership {
  /** The invite link that was used, when somebody came by one. */
  link?: string;
}

/** Joins, or is added by another member. Bots can be added like people. Banned people cannot join by themselves. */
export function join(world: World, { chat: key, user: id, by = id, link }: Joining): ChatMember {
  const { chat, user, actor } = needAll(world, { chat: key, user: id, by });
  const before = memberOf(world, chat, user);
  if (before && isPresent(before)) return before;
  if (before?.status === 'kicked' && by === id) {
    throw new HumanError('banned', `user ${id} is banned from chat ${key}`);
  }
  if (chat.joinByRequest && by === id && link === undefined) {
    throw new HumanError('restricted', `user ${id} must ask to join chat ${key}: requestJoin`);
  }
  const member: ChatMember =
    before?.status === 'restricted' ? { ...before, is_member: true } : { status: 'member', user };
  const via = link === undefined ? {} : { via: { invite_link: inviteLinkOf(link, ownerOf(chat) ?? user, false) } };
  changeMember(world, chat, { member, by: actor, effect: 'memberJoined', ...via });
  return member;
}

export function leave(world: World, { chat: key, user: id }: Pick<Membership, 'chat' | 'user'>): void {
  const { chat, user } = needAll(world, { chat: key, user: id, by: id });
  const before = memberOf(world, chat, user);
  if (!before || !isPresent(before)) throw new HumanError('notAMember', `user ${id} is not a member of chat ${key}`);
  const member: ChatMember =
    before.status === 'restricted' ? { ...before, is_member: false } : { status: 'left', user };
  changeMember(world, chat, { member, by: user, effect: 'memberLeft' });
}

/** Banned by a person; a bot so treated gets 403 "bot was kicked" from then on. */
export function kick(world: World, { chat: key, user: id, by = id }: Membership): void {
  const { chat, user, actor } = needAll(world, { chat: key, user: id, by });
  changeMember(world, chat, { member: { status: 'kicked', user, until_date: 0 }, by: actor, effect: 'memberBanned' });
}

/** Rights as Telegram's promoteChatMember takes them: unstated ones are not given, none at all makes a member again. */
export type Promotion = Membership & { rights: Partial<ChatAdministratorRights> };

export function promote(world: World, { rights, ...membership }: Promotion): ChatMember {
  const { chat, user, actor } = needAll(world, { by: membership.user, ...membership });
  const given = administratorRights(rights);
  const member: ChatMember = given
    ? { status: 'administrator', user, can_be_edited: false, ...given }
    : { status: 'member', user };
  changeMember(world, chat, { member, by: actor, effect: given ? 'memberPromoted' : 'memberDemoted' });
  return member;
}

/** Takes all rights from an administrator, who stays a member. */
export function demote(world: World, membership: Membership): ChatMember {
  const { chat, user } = needAll(world, { by: membership.user, ...membership });
  if (memberOf(world, chat, user)?.status === 'administrator') return promote(world, { ...membership, rights: {} });
  throw new HumanError('invalid', `user ${user.id} is no administrator of chat ${chat.key}`);
}

/** Permissions are taken as they stand: what is not stated is forbidden. */
export type Restriction = Membership & { permissions: Partial<Permissions>; until_date?: number };

/** Restricted by a person, for ever unless an end is stated; bots can be restricted too. */
export function restrict(world: World, { permissions, until_date = 0, ...membership }: Restriction): ChatMember {
  const { chat, user, actor } = needAll(world, { by: membership.user, ...membership });
  const is_member = isPresent(memberOf(world, chat, user));
  const allowed = permissionsFrom(permissions, true);
  const member: ChatMember = { status: 'restricted', user, is_member, ...allowed, until_date };
  changeMember(world, chat, { member, by: actor, effect: 'memberRestricted' });
  return member;
}

/** Lifts a ban or a restriction. */
export function pardon(world: World, membership: Membership): ChatMember {
  const { chat, user, actor } = needAll(world, { by: membership.user, ...membership });
  const before = memberOf(world, chat, user);
  if (before?.status !== 'kicked' && before?.status !== 'restricted') {
    throw new HumanError('invalid', `user ${user.id} is neither banned nor restricted in chat ${chat.key}`);
  }
  const member: ChatMember = { status: isPresent(before) ? 'member' : 'left', user };
  const effect = before.status === 'kicked' ? 'memberUnbanned' : 'memberUnrestricted';
  changeMember(world, chat, { member, by: actor, effect });
  return member;
}

/** Makes a supergroup of a basic group; the key of the supergroup. By its owner unless stated. */
export function migrate(world: World, { chat: key, by }: { chat: ChatKey; by?: number }): ChatKey {
  const chat = needOpenChat(world, key);
  const actor = by === undefined ? ownerOf(chat) : needUser(world, by);
  if (chat.chat.type !== 'group' || !actor) throw new HumanError('invalid', `chat ${key} is no basic group of anybody`);
  return becomeSupergroup(world, chat, actor).key;
}

function needAll(world: World, { chat, user, by }: Required<Membership>) {
  return { chat: needOpenChat(world, chat), user: needUser(world, user), actor: needUser(world, by) };
}

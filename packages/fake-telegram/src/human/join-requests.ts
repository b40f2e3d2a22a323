/** People asking to be let in, and administrators who answer. */
import { askToJoin, decideJoinRequest, inviteLinkOf } from '../world/join-requests.ts';
import { hasRight, isPresent, memberOf } from '../world/members.ts';
import type { ChatKey, World } from '../world/world.ts';
import { HumanError } from './errors.ts';
import { needOpenChat, needUser, ownerOf } from './find.ts';

export interface JoinQuestion {
  chat: ChatKey;
  user: number;
  bio?: string;
  /** The invite link it was asked by; a link may ask in a chat that else lets everybody in. */
  link?: string;
}

export function requestJoin(world: World, { chat: key, user: id, bio, link }: JoinQuestion): void {
  const [chat, user] = [needOpenChat(world, key), needUser(world, id)];
  const { type } = chat.chat;
  if ((type !== 'supergroup' && type !== 'channel') || (!chat.joinByRequest && link === undefined)) {
    throw new HumanError('invalid', `chat ${key} does not ask for join requests`);
  }
  const member = memberOf(world, chat, user);
  if (isPresent(member)) throw new HumanError('invalid', `user ${id} is a member of chat ${key}`);
  if (member?.status === 'kicked') throw new HumanError('banned', `user ${id} is banned from chat ${key}`);
  if (chat.joinRequests.has(id)) throw new HumanError('invalid', `user ${id} has asked to join chat ${key} already`);
  const inviteLink = link === undefined ? undefined : inviteLinkOf(link, ownerOf(chat) ?? user, true);
  askToJoin(world, chat, { user, ...(bio === undefined ? {} : { bio }), ...(inviteLink ? { inviteLink } : {}) });
}

export interface JoinAnswer {
  chat: ChatKey;
  user: number;
  /** An administrator. */
  by: number;
  approve: boolean;
}

export function answerJoin(world: World, { chat: key, user: id, by, approve }: JoinAnswer): void {
  const chat = needOpenChat(world, key);
  const [user, actor] = [needUser(world, id), needUser(world, by)];
  if (!hasRight(memberOf(world, chat, actor), 'can_invite_users')) {
    throw new HumanError('restricted', `user ${by} may not answer join requests of chat ${key}`);
  }
  if (decideJoinRequest(world, chat, { user, by: actor, approve })) return;
  throw new HumanError('notFound', `user ${id} does not ask to join chat ${key}`);
}

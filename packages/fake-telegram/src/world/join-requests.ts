/** People who ask to be let in. Bots that may invite hear of it, and of who was let in; of who was not, nobody does. */
import type { ChatInviteLink, ChatJoinRequest, ChatMember, User } from '@grammyjs/types';
import { changeMember } from './change-member.ts';
import { deliver } from './deliver.ts';
import { hasRight } from './members.ts';
import { dateNow, recordEffect, type Bot, type ChatState, type JoinRequest, type World } from './world.ts';

/** How long a bot may write to somebody who asked (Bot API, ChatJoinRequest.user_chat_id). */
const CONTACT_MS = 5 * 60_000;

export function askToJoin(world: World, chat: ChatState, request: Omit<JoinRequest, 'askedAtMs'>): void {
  const { user, bio, inviteLink } = request;
  chat.joinRequests.set(user.id, { ...request, askedAtMs: world.clock.now() });
  recordEffect(world, { kind: 'joinRequested', chatId: chat.chat.id, userId: user.id, byId: user.id });
  const value = {
    // Only supergroups and channels can be asked.
    chat: chat.chat as ChatJoinRequest['chat'],
    from: user,
    user_chat_id: user.id,
    date: dateNow(world),
    ...(bio === undefined ? {} : { bio }),
    ...(inviteLink ? { invite_link: inviteLink } : {}),
  };
  for (const bot of chat.bots) {
    if (!hasRight(chat.members.get(bot.user.id), 'can_invite_users')) continue;
    deliver(world, bot, { kind: 'chat_join_request', value, chatId: chat.chat.id });
  }
}

export interface JoinDecision {
  user: User;
  by: User;
  approve: boolean;
}

/** False when nobody by this name is waiting. */
export function decideJoinRequest(world: World, chat: ChatState, { user, by, approve }: JoinDecision): boolean {
  const request = chat.joinRequests.get(user.id);
  if (!request) return false;
  chat.joinRequests.delete(user.id);
  if (!approve) {
    recordEffect(world, { kind: 'joinDeclined', chatId: chat.chat.id, userId: user.id, byId: by.id });
    return true;
  }
  const { inviteLink } = request;
  const member: ChatMember = { status: 'member', user };
  const via = inviteLink ? { invite_link: inviteLink } : { via_join_request: true };
  changeMember(world, chat, { member, by, effect: 'memberJoined', via });
  return true;
}

/** Whether the bot may write to somebody who never wrote to it, because they wait to be let in. */
export function isContactable(world: World, bot: Bot, userId: number): boolean {
  for (const chat of world.chats.values()) {
    const request = chat.joinRequests.get(userId);
    if (!request || world.clock.now() - request.askedAtMs > CONTACT_MS) continue;
    if (hasRight(chat.members.get(bot.user.id), 'can_invite_users')) return true;
  }
  return false;
}

/** A link as bots see it; of what it was made with, only whether it asks is modelled. */
export function inviteLinkOf(link: string, creator: User, asks: boolean): ChatInviteLink {
  return { invite_link: link, creator, creates_join_request: asks, is_primary: false, is_revoked: false };
}

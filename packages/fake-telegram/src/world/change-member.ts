/** Changes of a status, and what the chat and its bots see of them. */
import type { ChatMember, ChatMemberUpdated, User } from '@grammyjs/types';
import { deliver } from './deliver.ts';
import { isPresent, memberOf } from './members.ts';
import { postMessage } from './messages.ts';
import type { EffectKind } from './record.ts';
import { botById, dateNow, recordEffect, type ChatState, type World } from './world.ts';

export interface MemberChange {
  member: ChatMember;
  by: User;
  effect: EffectKind;
  /** How somebody came in, when it was not by being added. */
  via?: Pick<ChatMemberUpdated, 'via_join_request' | 'invite_link'>;
}

/**
 * Changes a status, tells the bots that may know (the one it befell: my_chat_member; administrators: chat_member), and
 * posts the service message of somebody coming or going.
 */
export function changeMember(world: World, chat: ChatState, change: MemberChange): void {
  const { member, by, effect } = change;
  const before = memberOf(world, chat, member.user);
  chat.members.set(member.user.id, member);
  if (isPresent(member) || member.status === 'kicked') chat.joinRequests.delete(member.user.id);
  const untilDate = 'until_date' in member ? { untilDate: member.until_date ?? 0 } : {};
  recordEffect(world, { kind: effect, chatId: chat.chat.id, userId: member.user.id, byId: by.id, ...untilDate });

  const own = member.user.is_bot ? botById(world, member.user.id) : undefined;
  if (own && isPresent(member)) chat.bots.add(own);
  tellBots(world, chat, { change, before: before ?? { status: 'left', user: member.user } });
  postComingOrGoing(world, chat, { change, wasPresent: isPresent(before) });
  if (own && !isPresent(member)) chat.bots.delete(own);
}

function tellBots(
  world: World,
  chat: ChatState,
  { change, before }: { change: MemberChange; before: ChatMember },
): void {
  const value = {
    chat: chat.chat,
    from: change.by,
    date: dateNow(world),
    old_chat_member: before,
    new_chat_member: change.member,
    ...change.via,
  };
  for (const bot of chat.bots) {
    if (bot.user.id === change.member.user.id) {
      deliver(world, bot, { kind: 'my_chat_member', value, chatId: chat.chat.id });
    } else if (chat.members.get(bot.user.id)?.status === 'administrator') {
      deliver(world, bot, { kind: 'chat_member', value, chatId: chat.chat.id });
    }
  }
}

function postComingOrGoing(
  world: World,
  chat: ChatState,
  { change, wasPresent }: { change: MemberChange; wasPresent: boolean },
): void {
  const present = isPresent(change.member);
  if (present === wasPresent || chat.chat.type === 'channel' || chat.chat.type === 'private') return;
  const { user } = change.member;
  // Whoever was let in by a link or on asking came by themselves.
  const from = change.via ? user : change.by;
  // The bot that caused it gets this one too, unlike its ordinary messages.
  postMessage(world, chat, {
    draft: { from, ...(present ? { new_chat_members: [user] } : { left_chat_member: user }) },
  });
}

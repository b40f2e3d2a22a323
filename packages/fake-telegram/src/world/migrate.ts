/**
 * A basic group becomes a supergroup with another id. A bot is told that it came into the supergroup, not that it left
 * the group (tdlib/telegram-bot-api#266), and of the change by a service message in each of the two.
 */
import type { User } from '@grammyjs/types';
import { openSuccessor } from './chats.ts';
import { deliver } from './deliver.ts';
import { postMessage } from './messages.ts';
import { ANONYMOUS_ADMIN } from './stand-ins.ts';
import { dateNow, recordEffect, type ChatState, type World } from './world.ts';

export function migrate(world: World, group: ChatState, by: User): ChatState {
  const successor = openSuccessor(world, group);
  const [oldId, newId] = [group.chat.id, successor.chat.id];
  group.migratedToId = newId;
  recordEffect(world, { kind: 'chatMigrated', chatId: oldId, byId: by.id, toChatId: newId });
  for (const bot of group.bots) {
    successor.bots.add(bot);
    const status = successor.members.get(bot.user.id);
    if (!status) continue;
    const value = {
      chat: successor.chat,
      from: by,
      date: dateNow(world),
      old_chat_member: { status: 'left' as const, user: bot.user },
      new_chat_member: status,
    };
    deliver(world, bot, { kind: 'my_chat_member', value, chatId: newId });
  }
  postMessage(world, group, { draft: { from: by, migrate_to_chat_id: newId } });
  const asGroup = { from: ANONYMOUS_ADMIN, sender_chat: successor.chat };
  postMessage(world, successor, { draft: { ...asGroup, migrate_from_chat_id: oldId } });
  group.bots.clear();
  return successor;
}

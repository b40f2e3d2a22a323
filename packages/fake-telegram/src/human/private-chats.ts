/** A person's private chat with a bot: opened by /start, closed to the bot by blocking it. */
import type { ChatMember } from '@grammyjs/types';
import { openPrivateChat } from '../world/chats.ts';
import { deliver } from '../world/deliver.ts';
import { postMessage } from '../world/messages.ts';
import { dateNow, recordEffect, type ChatKey, type World } from '../world/world.ts';
import { HumanError } from './errors.ts';
import { needBot, needOpenChat, needUser } from './find.ts';

export interface Pair {
  user: number;
  bot: number;
}

/** Opens the chat, lets the bot write again if it was blocked, and says /start. */
export function startBot(world: World, pair: Pair): ChatKey {
  const user = needUser(world, pair.user);
  const chat = openPrivateChat(world, user, needBot(world, pair.bot));
  if (chat.blocked) setBlocked(world, { ...pair, blocked: false });
  chat.unopened = false;
  const entities = [{ type: 'bot_command' as const, offset: 0, length: '/start'.length }];
  postMessage(world, chat, { draft: { from: user, text: '/start', entities } });
  return chat.key;
}

/** The bot is told; while it is blocked its calls get 403. */
export function setBlocked(world: World, { user: userId, bot: botId, blocked }: Pair & { blocked: boolean }): void {
  const [from, bot] = [needUser(world, userId), needBot(world, botId)];
  const chat = needOpenChat(world, `${userId}:${botId}`);
  if (chat.blocked === blocked) {
    throw new HumanError('invalid', `bot ${botId} is ${blocked ? 'blocked already' : 'not blocked'} by user ${userId}`);
  }
  chat.blocked = blocked;
  const kind = blocked ? 'botBlocked' : 'botUnblocked';
  recordEffect(world, { kind, chatId: chat.chat.id, userId: botId, byId: userId });
  const allowed: ChatMember = { status: 'member', user: bot.user };
  const kicked: ChatMember = { status: 'kicked', user: bot.user, until_date: 0 };
  const value = {
    chat: chat.chat,
    from,
    date: dateNow(world),
    old_chat_member: blocked ? allowed : kicked,
    new_chat_member: blocked ? kicked : allowed,
  };
  deliver(world, bot, { kind: 'my_chat_member', value, chatId: chat.chat.id });
}

/** Which bots hear of what. The rules are Telegram's privacy mode: core.telegram.org/bots/features#privacy-mode. */
import type { Message, Update } from '@grammyjs/types';
import { isServiceMessage } from './content.ts';
import { memberOf } from './members.ts';
import type { UpdateKind } from './updates.ts';
import type { Bot, ChatState, StoredMessage, World } from './world.ts';

export interface Outgoing<K extends UpdateKind> {
  kind: K;
  value: NonNullable<Update[K]>;
  chatId: number;
  messageId?: number;
}

/** Queues an update for a bot, unless it asked not to get this kind. */
export function deliver<K extends UpdateKind>(world: World, bot: Bot, outgoing: Outgoing<K>): void {
  const { kind, value, chatId, messageId } = outgoing;
  if (!bot.queue.wants(kind)) return;
  const updateId = bot.queue.nextId();
  const delivery = {
    updateId,
    botId: bot.user.id,
    kind,
    chatId,
    ...(messageId === undefined ? {} : { messageId }),
    queuedAtMs: world.clock.now(),
    deliveredTimes: 0,
  };
  world.record.deliveries.push(delivery);
  bot.queue.push({ update_id: updateId, [kind]: value }, delivery);
}

/** Tells every bot of the chat that may know about a new or edited message. */
export function deliverMessage(world: World, chat: ChatState, stored: StoredMessage): void {
  const { message } = stored;
  const edited = message.edit_date !== undefined;
  const channel = chat.chat.type === 'channel';
  const kind = channel ? (edited ? 'edited_channel_post' : 'channel_post') : edited ? 'edited_message' : 'message';
  for (const bot of chat.bots) {
    if (!hears(world, chat, { bot, stored })) continue;
    // The kind was chosen by the chat's type and the edit date, which is what tells the four message types apart.
    const value = message as never;
    deliver(world, bot, { kind, value, chatId: message.chat.id, messageId: message.message_id });
  }
}

function hears(world: World, chat: ChatState, { bot, stored }: { bot: Bot; stored: StoredMessage }): boolean {
  const { message, botId } = stored;
  if (isServiceMessage(message)) return true;
  if (chat.chat.type === 'private' || chat.chat.type === 'channel') return botId !== bot.user.id;
  // Bots do not hear each other in groups, or they would talk for ever.
  if (botId !== undefined) return false;
  if (bot.me.can_read_all_group_messages) return true;
  if (memberOf(world, chat, bot.user)?.status === 'administrator') return true;
  const toBot = message.reply_to_message?.from?.id === bot.user.id || message.via_bot?.id === bot.user.id;
  return toBot || isCommandFor(message, bot.me.username);
}

function isCommandFor(message: Message, username: string): boolean {
  const addressee = /^\/\w+(?:@(\w+))?/.exec(message.text ?? '');
  return addressee !== null && (addressee[1] === undefined || addressee[1].toLowerCase() === username.toLowerCase());
}

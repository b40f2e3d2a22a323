/** Pressing an inline button. The bot that sent the message gets a callback query; its answer is kept with the press. */
import { deliver } from '../world/deliver.ts';
import { liveMessage } from '../world/messages.ts';
import { recordEffect, type ChatKey, type Press, type World } from '../world/world.ts';
import { HumanError } from './errors.ts';
import { needBot, needOpenChat, needUser } from './find.ts';

/** Presses kept to be looked at; Telegram forgets them after seconds. */
const PRESSES_MAX = 10_000;
/** Any start will do; this one looks unlike other ids. */
const FIRST_PRESS_ID = 7_000_000_000_000;

export interface ButtonPress {
  chat: ChatKey;
  user: number;
  /** The message with the keyboard. */
  id: number;
  /** callback_data of the button. */
  data: string;
}

export function press(world: World, { chat: key, user, id, data }: ButtonPress): Press {
  const chat = needOpenChat(world, key);
  const from = needUser(world, user);
  const stored = liveMessage(chat, id);
  if (!stored) throw new HumanError('notFound', `there is no message ${id} in chat ${key}`);
  const buttons = stored.message.reply_markup?.inline_keyboard.flat() ?? [];
  const found = buttons.some((button) => 'callback_data' in button && button.callback_data === data);
  if (!found || stored.botId === undefined) {
    throw new HumanError('invalid', `message ${id} has no button with data "${data}" of a bot`);
  }
  const bot = needBot(world, stored.botId);
  const made: Press = {
    id: String(FIRST_PRESS_ID + world.pressCount),
    botId: stored.botId,
    userId: user,
    chatId: chat.chat.id,
    messageId: id,
    pressedAtMs: world.clock.now(),
  };
  world.pressCount += 1;
  world.presses.set(made.id, made);
  if (world.presses.size > PRESSES_MAX) world.presses.delete(world.presses.keys().next().value ?? '');
  recordEffect(world, { kind: 'buttonPressed', chatId: chat.chat.id, messageId: id, userId: user, byId: user });
  const value = { id: made.id, from, message: stored.message, chat_instance: String(chat.key), data };
  deliver(world, bot, { kind: 'callback_query', value, chatId: chat.chat.id, messageId: id });
  return made;
}

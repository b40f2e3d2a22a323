/** The command menu, kept per scope and language; an unset scope does not fall back to another, as in the Bot API. */
import type { BotCommand } from '@grammyjs/types';
import type { Methods } from '../call.ts';
import { badRequest } from '../errors.ts';
import { isObject, type Input } from '../parameters.ts';

const COMMANDS_MAX = 100;
const COMMAND = /^\/?[a-z0-9_]{1,32}$/;

export const commandMethods = {
  setMyCommands({ bot }, input) {
    const given = input.json('commands');
    if (!Array.isArray(given)) throw badRequest("can't parse commands JSON object");
    if (given.length > COMMANDS_MAX) throw badRequest('BOT_COMMANDS_TOO_MUCH');
    bot.commands.set(menuKey(input), given.map(readCommand));
    return true;
  },

  getMyCommands: ({ bot }, input) => bot.commands.get(menuKey(input)) ?? [],

  deleteMyCommands({ bot }, input) {
    bot.commands.delete(menuKey(input));
    return true;
  },
} satisfies Methods;

function menuKey(input: Input<'setMyCommands'> | Input<'getMyCommands'> | Input<'deleteMyCommands'>): string {
  const scope = input.json('scope') ?? { type: 'default' };
  return `${JSON.stringify(scope)} ${input.text('language_code') ?? ''}`;
}

function readCommand(value: unknown): BotCommand {
  const { command, description } = isObject(value) ? value : {};
  if (typeof command !== 'string' || !COMMAND.test(command)) throw badRequest('BOT_COMMAND_INVALID');
  if (typeof description !== 'string' || description === '') throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
  return { command: command.replace(/^\//, ''), description };
}

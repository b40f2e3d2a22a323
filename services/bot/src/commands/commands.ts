/**
 * Commands, as a literal list. In a group only administrators are obeyed; a member's "/start buy now" is a message
 * like any other and is judged. Replies are direct and best effort.
 */
import { messageOf } from '@chatwarden/contracts';
import type { Message } from '../telegram/telegram-api.ts';
import { TelegramError } from '../telegram/telegram-error.ts';
import type { Answer, Command, CommandCall, CommandDeps } from './command.ts';
import { claim } from './claim.ts';
import { ham, spam } from './correct-by-reply.ts';
import { erase } from './erase.ts';
import { forget } from './forget.ts';
import { help, start } from './help.ts';
import { mode } from './mode.ts';
import { myData } from './my-data.ts';
import { parseCommand } from './parse-command.ts';
import { privacy } from './privacy.ts';
import { status } from './status.ts';

export const COMMANDS: readonly Command[] = [
  start,
  help,
  privacy,
  myData,
  forget,
  status,
  mode,
  spam,
  ham,
  claim,
  erase,
];

export interface Commands {
  inPrivate(message: Message): Promise<void>;
  /** Null when the message is no command that its sender may give. */
  inGroup(call: CommandCall): (() => Promise<void>) | null;
}

const OVERVIEW = [
  'I keep spam out of groups. Add me to a group and make me an administrator who may delete messages and ban users.',
  'In a new group I begin by watching; /mode enforce lets me act.',
  '',
  ...COMMANDS.map(({ name, description }) => `/${name} - ${description}`),
].join('\n');

export function createCommands(given: Omit<CommandDeps, 'overview'>): Commands {
  const deps: CommandDeps = { ...given, overview: OVERVIEW };

  async function reply(message: Message, text: Answer): Promise<void> {
    if (text === null) return;
    try {
      await deps.api.sendMessage(message.chat.id, text, { replyTo: message.message_id });
    } catch (error) {
      if (!(error instanceof TelegramError)) throw error;
      deps.log.warn({ err: error, chatId: message.chat.id }, `a reply was not sent: ${messageOf(error)}`);
    }
  }

  function find(message: Message): { command: Command; argument: string } | null {
    const parsed = parseCommand(message.text ?? '', deps.botUsername);
    const command = parsed && COMMANDS.find(({ name }) => name === parsed.name);
    return command ? { command, argument: parsed.argument } : null;
  }

  async function inPrivate(message: Message): Promise<void> {
    const found = find(message);
    const answer = found?.command.inPrivate ?? help.inPrivate;
    await reply(message, (await answer?.({ message, argument: found?.argument ?? '' }, deps)) ?? null);
  }

  function inGroup(call: CommandCall): (() => Promise<void>) | null {
    const { role } = call.event.sender;
    if (role !== 'administrator' && role !== 'creator') return null;
    const found = find(call.message);
    const run = found?.command.inGroup;
    if (!found || !run) return null;
    return async () => {
      await deps.settings.refresh();
      await reply(call.message, await run({ ...call, argument: found.argument }, deps));
    };
  }

  return { inPrivate, inGroup };
}

/** /erase: the owner ends what this installation knows of the group, and the bot leaves. */
import { messageOf } from '@chatwarden/contracts';
import { owns } from '../rights/may-moderate.ts';
import { refusalCode } from '../telegram/telegram-error.ts';
import type { Command, CommandCall, CommandDeps } from './command.ts';

export const erase: Command = {
  name: 'erase',
  description: 'owner only: destroy everything that is kept about this group, and leave',
  inGroup: async (call, deps) => {
    const refusal = await mustBeOwner(call, deps);
    if (refusal) return refusal;
    if (call.argument.toLowerCase() !== 'everything') {
      return (
        'This destroys the keys of this group: settings, history and every text kept as evidence are gone, backups ' +
        'included, and bans can only be lifted by hand. Then I leave. Say "/erase everything" to do so.'
      );
    }
    await deps.eraseGroup(call.known.group);
    await leave(call, deps);
    return null;
  },
};

/** Asked of Telegram at that moment. An anonymous owner cannot be told from any other administrator. */
async function mustBeOwner({ event }: CommandCall, { api }: CommandDeps): Promise<string | null> {
  if (event.sender.as === 'anonymousAdmin') return 'Only the owner can do this: please say it without being anonymous.';
  const answer = await owns(api, event.chatId, event.sender.id);
  if (answer === 'yes') return null;
  return answer === 'no'
    ? 'Only the owner of the group can do this.'
    : 'Telegram did not say whether you are the owner. Please try again.';
}

async function leave({ message }: CommandCall, { api, log }: CommandDeps): Promise<void> {
  const { id } = message.chat;
  try {
    await api.sendMessage(id, 'Everything that was kept about this group is gone. Goodbye.');
    await api.leaveChat(id);
  } catch (error) {
    if (refusalCode(error) === 'botIsGone') return;
    log.warn({ err: error, chatId: id }, `erased the group, but could not leave its chat: ${messageOf(error)}`);
  }
}

/** /erase: the owner ends what this installation knows of the group, and the bot leaves. */
import { messageOf } from '@chatwarden/contracts';
import { refusalCode } from '../telegram/telegram-error.ts';
import type { Command, CommandCall, CommandDeps } from './command.ts';
import { mustBeOwner } from './must-be-owner.ts';

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

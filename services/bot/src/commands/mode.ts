import { codeOf, messageOf, type Mode } from '@chatwarden/contracts';
import { mayBeObeyed } from './may-be-obeyed.ts';
import type { Command } from './command.ts';

const MEANING: Readonly<Record<Mode, string>> = {
  observe: 'I watch and record what I would do, and touch nothing.',
  enforce: 'I delete spam, restrict or ban its senders, and ask moderators where I am not sure.',
};

export const mode: Command = {
  name: 'mode',
  description: 'observe or enforce',
  inGroup: async (call, deps) => {
    const { groupId } = call.known.group;
    const wanted = call.argument.toLowerCase();
    if (wanted !== 'observe' && wanted !== 'enforce') {
      const now = deps.settings.policyOf(groupId).mode;
      return `Mode is ${now}: ${MEANING[now]}\nSay "/mode observe" or "/mode enforce".`;
    }
    const refusal = await mayBeObeyed(call, deps);
    if (refusal) return refusal;
    try {
      const { revision } = await deps.store.settings.changePolicy(groupId, (policy) => ({ ...policy, mode: wanted }));
      await deps.settings.refreshTo(revision);
    } catch (error) {
      if (codeOf(error) !== 'policyLocked') throw error;
      return `Mode stays ${deps.settings.policyOf(groupId).mode}: ${messageOf(error)}.`;
    }
    return `Mode is ${wanted} now: ${MEANING[wanted]}`;
  },
};

/** For what only the owner of a group may say. */
import { owns } from '../rights/may-moderate.ts';
import type { CommandCall, CommandDeps } from './command.ts';

/** Asked of Telegram at that moment. An anonymous owner cannot be told from any other administrator. */
export async function mustBeOwner({ event }: CommandCall, { api }: Pick<CommandDeps, 'api'>): Promise<string | null> {
  if (event.sender.as === 'anonymousAdmin') return 'Only the owner can do this: please say it without being anonymous.';
  const answer = await owns(api, event.chatId, event.sender.id);
  if (answer === 'yes') return null;
  return answer === 'no'
    ? 'Only the owner of the group can do this.'
    : 'Telegram did not say whether you are the owner. Please try again.';
}

/** Rights are asked for again at each command that changes something: what we remember may be ten minutes old. */
import { mayModerate } from '../rights/may-moderate.ts';
import type { CommandCall, CommandDeps } from './command.ts';

/** Null when the caller may; otherwise what to answer. */
export async function mayBeObeyed({ event }: CommandCall, { api }: CommandDeps): Promise<string | null> {
  // An anonymous administrator has no id to ask about; Telegram itself vouches for the role.
  if (event.sender.as === 'anonymousAdmin') return null;
  const answer = await mayModerate(api, event.chatId, event.sender.id);
  if (answer === 'yes') return null;
  return answer === 'no'
    ? 'Only administrators who may ban users can do this.'
    : 'Telegram did not say whether you are an administrator. Please try again.';
}

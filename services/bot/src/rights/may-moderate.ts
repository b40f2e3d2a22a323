/**
 * Whether a person may decide about messages of a chat: asked of Telegram at that moment, never remembered, since an
 * administrator may have been one only until a minute ago.
 */
import type { ChatMember, TelegramApi } from '../telegram/telegram-api.ts';

export type MayModerate = 'yes' | 'no' | 'unknown';

export async function mayModerate(
  api: Pick<TelegramApi, 'getChatMember'>,
  chatId: number,
  userId: number,
): Promise<MayModerate> {
  try {
    return moderates(await api.getChatMember(chatId, userId)) ? 'yes' : 'no';
  } catch {
    return 'unknown';
  }
}

/** The right to ban is the one that a moderator's word amounts to. */
export function moderates(member: ChatMember): boolean {
  return member.status === 'creator' || (member.status === 'administrator' && member.can_restrict_members === true);
}

/**
 * Whether a person may decide about messages of a chat: asked of Telegram at that moment, never remembered, since an
 * administrator may have been one only until a minute ago.
 */
import type { ChatMember, TelegramApi } from '../telegram/telegram-api.ts';

export type MayModerate = 'yes' | 'no' | 'unknown';

export function mayModerate(
  api: Pick<TelegramApi, 'getChatMember'>,
  chatId: number,
  userId: number,
): Promise<MayModerate> {
  return answerOf(() => api.getChatMember(chatId, userId), moderates);
}

export function owns(api: Pick<TelegramApi, 'getChatMember'>, chatId: number, userId: number): Promise<MayModerate> {
  return answerOf(
    () => api.getChatMember(chatId, userId),
    ({ status }) => status === 'creator',
  );
}

async function answerOf(ask: () => Promise<ChatMember>, is: (member: ChatMember) => boolean): Promise<MayModerate> {
  try {
    return is(await ask()) ? 'yes' : 'no';
  } catch {
    return 'unknown';
  }
}

/** The right to ban is the one that a moderator's word amounts to. */
export function moderates(member: ChatMember): boolean {
  return member.status === 'creator' || (member.status === 'administrator' && member.can_restrict_members === true);
}

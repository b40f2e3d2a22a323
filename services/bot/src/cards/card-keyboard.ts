/** The two answers on a card. callback_data may have 64 bytes; a card id has 32. */
import type { InlineKeyboardMarkup } from '../telegram/telegram-api.ts';
import type { Correction, Id } from '@chatwarden/contracts';

type Label = Correction['label'];

const PREFIX = 'card';

export function cardKeyboard(cardId: Id): InlineKeyboardMarkup {
  const button = (text: string, label: Label) => ({ text, callback_data: `${PREFIX}:${label}:${cardId}` });
  return { inline_keyboard: [[button('Delete and ban', 'spam'), button('Not spam', 'ham')]] };
}

export function readPress(data: string | undefined): { label: Label; cardId: Id } | null {
  const [prefix, label, cardId] = (data ?? '').split(':');
  if (prefix !== PREFIX || (label !== 'spam' && label !== 'ham') || !cardId) return null;
  return { label, cardId };
}

/** A press on a card's button. The presser's rights are checked at the press, in the group that the card is about. */
import { messageOf, type Clock, type KeyProvider } from '@chatwarden/contracts';
import type { Logger } from '@chatwarden/daemon';
import { pseudonymOf } from '@chatwarden/keys';
import type { Cards, SettingsCache } from '@chatwarden/store';
import type { CallbackQuery } from '@grammyjs/types';
import type { Correct } from '../corrections/correct.ts';
import { mayModerate, type MayModerate } from '../rights/may-moderate.ts';
import type { TelegramApi } from '../telegram/telegram-api.ts';
import { readPress } from './card-keyboard.ts';

export interface PressDeps {
  api: Pick<TelegramApi, 'getChatMember' | 'answerCallbackQuery'>;
  cards: Cards;
  correct: Correct;
  keys: KeyProvider;
  settings: SettingsCache;
  clock: Clock;
  log: Logger;
}

export type Press = (query: CallbackQuery) => Promise<void>;

const REFUSALS: Readonly<Record<Exclude<MayModerate, 'yes'>, string>> = {
  no: 'Only administrators of this group who may ban users can decide.',
  unknown: 'Telegram did not say whether you are an administrator. Please try again.',
};

export function createPress(deps: PressDeps): Press {
  return async (query) => {
    const answer = await decide(query, deps);
    if (!answer) return;
    try {
      await deps.api.answerCallbackQuery(query.id, answer);
    } catch (error) {
      deps.log.debug({ err: error }, `a press was not answered: ${messageOf(error)}`);
    }
  };
}

interface Answer {
  text: string;
  alert?: boolean;
}

async function decide(query: CallbackQuery, deps: PressDeps): Promise<Answer | null> {
  const pressed = readPress(query.data);
  if (!pressed) return null;
  const card = await deps.cards.findCard(pressed.cardId);
  if (!card) return { text: 'This card is not known any more.' };
  const allowed = await mayModerate(deps.api, card.chatId, query.from.id);
  if (allowed !== 'yes') return { text: REFUSALS[allowed], alert: true };
  if (card.state === 'closed') return { text: 'Already decided.' };
  const by = pseudonymOf(await deps.keys.key(card.groupId, 'pseudonym'), query.from.id);
  const { groupId, chatId, eventId, messageId, senderKey, senderAs, senderSealed, traceparent } = card;
  const subject = { groupId, chatId, eventId, messageId, senderKey, senderAs, traceparent, botId: card.botId };
  const result = await deps.correct(
    { ...subject, ...(senderSealed === undefined ? {} : { senderSealed }) },
    { label: pressed.label, source: 'card', by },
  );
  if (result === 'already') return { text: 'Already decided.' };
  return { text: pressed.label === 'spam' ? 'Removing it and banning the sender.' : 'Noted: not spam.' };
}

/** The sentences that people read in a chat, by the group's language. Never words of the message itself. */
import type { GroupPolicy } from '@chatwarden/contracts';

type Language = GroupPolicy['language'];

interface Texts {
  question: (percent: number) => string;
  removed: string;
  /** In place of so many questions more. */
  folded: (count: number) => string;
  decidedSpam: string;
  decidedHam: string;
}

export const TEXTS: Readonly<Record<Language, Texts>> = {
  en: {
    question: (percent) => `Is this spam? I am ${percent} % sure.`,
    removed: 'A message was removed as spam.',
    folded: (count) => `${count} more messages may be spam. That is too many to ask about one by one.`,
    decidedSpam: 'Removed by a moderator.',
    decidedHam: 'Not spam, said a moderator.',
  },
  ru: {
    question: (percent) => `Это спам? Уверенность ${percent} %.`,
    removed: 'Сообщение удалено как спам.',
    folded: (count) => `Ещё сообщений, похожих на спам: ${count}. Слишком много, чтобы спрашивать о каждом.`,
    decidedSpam: 'Удалено модератором.',
    decidedHam: 'Не спам, решил модератор.',
  },
};

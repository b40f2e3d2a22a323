import { known, type Cases } from './case.ts';

const from = (title: string) => ({
  note: `forwarded from the hidden account "${title}"`,
  message: { forward: { type: 'hiddenUser' as const, title } },
});

export const cases: Cases = {
  fires: [
    { text: 'Ищу троих на удалёнку, писать мне', ...from('Менеджер Ольга') },
    { text: 'I doubled my deposit with her help', ...from('Happy client') },
    { text: 'рекомендую, помогли с кредитом', ...from('Сергей'), ...known(20) },
  ],
  honest: [
    {
      text: 'переслала мама: завтра дождь',
      note: 'forwarded from a person',
      message: { forward: { type: 'user', title: 'Мама' } },
    },
    { text: 'my account is hidden from forwards, by the way' },
    {
      text: 'see the quote',
      note: 'a quote of this group',
      message: { quote: { text: 'we meet at six', manual: true } },
    },
  ],
};

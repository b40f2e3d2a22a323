import { known, type Cases } from './case.ts';

export const cases: Cases = {
  fires: [
    {
      text: 'Тебе подарок 🎁',
      note: 'a button to https://t.me/gift_stars_bot',
      message: { buttons: [{ text: 'Забрать 500 звёзд', url: 'https://t.me/gift_stars_bot?start=1' }] },
    },
    {
      text: 'Vote for my sister please, she is in the final',
      note: 'a button to https://vote-now.example',
      message: { buttons: [{ text: 'Vote', url: 'https://vote-now.example' }], viaBot: { id: 5, username: 'postbot' } },
    },
    {
      text: 'Раздача бонусов началась',
      note: 'a forwarded post with a button to https://bonus-day.example',
      message: {
        forward: { type: 'channel', title: 'Бонусы' },
        buttons: [{ text: 'Получить', url: 'https://bonus-day.example' }],
      },
    },
    {
      text: 'new game, try it',
      note: 'a button to https://spin.example, from a known member',
      message: { buttons: [{ text: 'Play', url: 'https://spin.example' }] },
      ...known(8),
    },
  ],
  honest: [
    {
      text: 'which date suits you?',
      note: 'a poll of an inline bot, from a member',
      message: { buttons: [{ text: 'Monday (3)' }] },
      ...known(8),
    },
    {
      text: 'version 2.8 is out',
      note: 'a forwarded post of a project, by a member, with a button to https://github.com/example/project',
      message: {
        forward: { type: 'channel' },
        buttons: [{ text: 'Changelog', url: 'https://github.com/example/project' }],
      },
      ...known(5),
    },
    { text: 'нажмите кнопку «Войти» на сайте, потом «Забрать»' },
    { text: '🎲', note: 'a picture of an inline bot', message: { viaBot: { id: 3, username: 'gif' } } },
  ],
};

import { known, type Cases } from './case.ts';

export const cases: Cases = {
  fires: [
    {
      text: 'Отличный пост!',
      note: 'written as the channel "Ставки каждый день"',
      sender: { as: 'channel', name: 'Ставки каждый день' },
    },
    { text: 'so true', note: 'written as the channel "Crypto Pump"', sender: { as: 'channel', name: 'Crypto Pump' } },
    {
      text: '👍',
      note: 'written as a channel, second message',
      sender: { as: 'channel', name: 'Hot News' },
      ...known(1),
    },
  ],
  honest: [
    { text: 'Новый выпуск!', note: "the group's own channel", sender: { as: 'linkedChannel', role: 'administrator' } },
    {
      text: 'rules are pinned',
      note: 'an anonymous administrator',
      sender: { as: 'anonymousAdmin', role: 'administrator' },
    },
    {
      text: 'согласна',
      note: 'a channel that has commented for long',
      sender: { as: 'channel', name: 'Дневник Лены' },
      ...known(25),
    },
  ],
};

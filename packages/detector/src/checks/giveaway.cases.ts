import { known, type Cases } from './case.ts';

export const cases: Cases = {
  fires: [
    {
      text: '',
      note: 'a giveaway of another channel',
      message: { attachments: ['giveaway'], attachmentText: '100 Premium' },
    },
    { text: 'Результаты розыгрыша', note: 'the winners of a giveaway', message: { attachments: ['giveawayWinners'] } },
    {
      text: 'join, it is free',
      note: 'a giveaway, from a member',
      message: { attachments: ['giveaway'] },
      ...known(7),
    },
  ],
  honest: [
    { text: 'разыгрываем билет на концерт среди соседей, пишите номер квартиры' },
    { text: '🎲', note: 'a die', message: { attachments: ['dice'] } },
    { text: 'the winner of our quiz is Ann', note: 'a photo', message: { media: [{ kind: 'photo' }] } },
  ],
};

import type { Cases } from './case.ts';

export const cases: Cases = {
  fires: [
    {
      text: 'Вчера +64 000, сегодня снова в плюсе. Присоединяйтесь',
      note: 'forwarded from the channel "Железные ставки"',
      message: { forward: { type: 'channel', chatId: -100_555, title: 'Железные ставки' } },
    },
    {
      text: 'We are hiring, no experience needed',
      note: 'forwarded from a group',
      message: { forward: { type: 'chat', chatId: -100_556, title: 'Jobs for all' } },
    },
    {
      text: 'Пишите мне, всё расскажу',
      note: 'forwarded from a person',
      message: { forward: { type: 'user', title: 'Отдел кадров' } },
    },
  ],
  honest: [
    { text: 'переслал тебе в личку, посмотри' },
    {
      text: 'новый пост',
      note: "a post of the group's own channel",
      sender: { as: 'linkedChannel', role: 'administrator' },
      message: { automaticForward: true },
    },
    {
      text: 'I will forward this to the landlord',
      note: 'a reply within the group',
      message: { replyTo: { messageId: 4 } },
    },
  ],
};

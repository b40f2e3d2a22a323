import type { Cases } from './case.ts';

const guest = { guestBot: true as const };

export const cases: Cases = {
  fires: [
    {
      text: 'Ваш бонус готов: https://t.me/bonus_wheel_bot',
      note: 'written by a guest bot',
      sender: { as: 'bot', name: 'Bonus Wheel' },
      message: guest,
    },
    {
      text: 'Get the full answer from @ai_answers_pro',
      note: 'written by a guest bot',
      sender: { as: 'bot', name: 'AI Answers' },
      message: guest,
    },
    {
      text: 'The capital of Peru is Lima.',
      note: 'written by a guest bot',
      sender: { as: 'bot', name: 'Wiki' },
      message: guest,
    },
  ],
  honest: [
    {
      text: 'Пока вас не было, написали 3 сообщения',
      note: 'written by a bot that is a member',
      sender: { as: 'bot', name: 'Digest' },
    },
    { text: '@wiki capital of Peru', note: 'somebody calls a bot' },
    { text: 'a bot told me it is Lima', note: 'a person' },
  ],
};

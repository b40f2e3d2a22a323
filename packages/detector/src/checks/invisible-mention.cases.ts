import { entity, type Cases } from './case.ts';

export const cases: Cases = {
  fires: [
    {
      text: 'Новое видео уже в профиле\u200b\u200b\u200b',
      note: 'three people mentioned behind zero-width spaces',
      message: {
        entities: [25, 26, 27].map((offset) => ({ type: 'text_mention', offset, length: 1, userId: 900 + offset })),
      },
    },
    {
      text: '\u2060great news for all of you',
      note: 'a mention behind a word joiner',
      message: { entities: [{ type: 'text_mention', offset: 0, length: 1, userId: 9 }] },
    },
    {
      text: 'подарки всем .',
      note: 'tg://user?id=77 behind the full stop',
      message: { entities: [{ ...entity('text_link', 'подарки всем .', '.'), url: 'tg://user?id=77' }] },
    },
  ],
  honest: [
    {
      text: 'Ann, look at this',
      note: 'a mention by name',
      message: { entities: [{ ...entity('text_mention', 'Ann, look at this', 'Ann'), userId: 3 }] },
    },
    {
      text: 'Я, тебя тут зовут',
      note: 'a person whose name is one letter',
      message: { entities: [{ ...entity('text_mention', 'Я, тебя тут зовут', 'Я'), userId: 4 }] },
    },
    {
      text: '🌷 спасибо!',
      note: 'a person whose name is a flower',
      message: { entities: [{ ...entity('text_mention', '🌷 спасибо!', '🌷'), userId: 5 }] },
    },
  ],
};

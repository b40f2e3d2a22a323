import { entity, known, type Cases } from './case.ts';

const hidden = (text: string, words: string, [type, leads]: [string, string]) => ({
  text,
  note: `"${words}" is under a spoiler`,
  message: { entities: [entity('spoiler', text, words), entity(type, text, leads)] },
});

export const cases: Cases = {
  fires: [
    hidden('Тапни, чтобы увидеть подарок: t.me/podarok_dnya_bot', 't.me/podarok_dnya_bot', [
      'url',
      't.me/podarok_dnya_bot',
    ]),
    hidden('My private photos, ask @sweet_lena_x', 'ask @sweet_lena_x', ['mention', '@sweet_lena_x']),
    {
      text: 'видео не для всех 🙈',
      note: 'a video under a spoiler',
      message: { media: [{ kind: 'video', spoiler: true }] },
    },
  ],
  honest: [
    {
      text: 'In the end the butler did it',
      note: '"the butler did it" is under a spoiler',
      message: { entities: [entity('spoiler', 'In the end the butler did it', 'the butler did it')] },
    },
    {
      text: 'паук в ванной, кто боится, не смотрите',
      note: 'a photo of a member under a spoiler',
      message: { media: [{ kind: 'photo', spoiler: true }] },
      ...known(12),
    },
    {
      text: 'Финал такой: всех спасут. Рецензия: https://kino.example/123',
      note: 'a spoiler, and a link beside it',
      message: {
        entities: [
          entity('spoiler', 'Финал такой: всех спасут. Рецензия: https://kino.example/123', 'всех спасут'),
          entity('url', 'Финал такой: всех спасут. Рецензия: https://kino.example/123', 'https://kino.example/123'),
        ],
      },
    },
  ],
};

import { linked, type Cases } from './case.ts';

export const cases: Cases = {
  fires: [
    {
      text: '.',
      note: 'a preview of https://lucky-spin.example',
      message: { linkPreview: { url: 'https://lucky-spin.example' } },
    },
    {
      text: 'Всем доброе утро ☀️',
      note: 'above it a preview of https://t.me/easy_income',
      message: { linkPreview: { url: 'https://t.me/easy_income', aboveText: true } },
    },
    linked('\u200bhow is everybody today?', '\u200b', 'https://crypto-gift.example'),
    linked('Спасибо, помогло \u2060', '\u2060', 'https://zaim-srazu.example'),
  ],
  honest: [
    {
      text: 'the recipe: https://soup.example/tomato',
      note: 'a preview of the same address',
      message: { linkPreview: { url: 'https://soup.example/tomato' } },
    },
    {
      text: 'https://a.example/1 и https://b.example/2',
      note: 'a preview of the second',
      message: { linkPreview: { url: 'https://b.example/2' } },
    },
    linked('карта проезда', 'карта', 'https://maps.example/42'),
    {
      text: 'https://news.example/today',
      note: 'the preview is turned off',
      message: { linkPreview: { disabled: true } },
    },
  ],
};

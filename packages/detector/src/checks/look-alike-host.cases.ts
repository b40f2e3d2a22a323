import type { Cases } from './case.ts';

export const cases: Cases = {
  fires: [
    { text: 'verify here https://xn--80ak6aa92e.com/login', note: 'punycode of аррӏе' },
    { text: 'Вход: https://sbеrbаnk-online.com/bonus', note: 'Cyrillic е and а' },
    { text: 'join t\u200b.\u200bme/sig\u200bnals_vip_club', note: 'zero-width spaces inside the address' },
  ],
  honest: [
    {
      text: 'запись на приём: https://xn--80aesfpebagmfblc0a.xn--p1ai/',
      note: 'an honest Cyrillic domain in punycode',
    },
    { text: 'сайт пример.рф, телефон там же' },
    { text: 'https://apple.com/support has the steps' },
  ],
};

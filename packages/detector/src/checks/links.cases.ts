import { linked, type Cases } from './case.ts';

export const cases: Cases = {
  fires: [
    { text: 'Кому интересно, заходите: https://t.me/legkie_dengi_tut' },
    { text: 'best offers at www.lucky-spin.example, hurry' },
    linked('Подробнее о вакансии здесь', 'здесь', 'https://rabota-doma.example/go'),
    { text: 'more in tg://resolve?domain=signals_club' },
  ],
  honest: [
    { text: 'same as https://github.com/nodejs/node/issues/1234, no fix yet' },
    { text: 'лекция вчерашняя: https://youtu.be/dQw4w9WgXcQ и статья https://ru.wikipedia.org/wiki/Томат' },
    { text: 'the log is in server.log, see readme.md, v2.3.1' },
    { text: 'было в 12.30, т.е. в обед, и т.п.' },
  ],
};

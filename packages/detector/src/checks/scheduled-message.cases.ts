import { known, type Cases } from './case.ts';

const scheduled = { note: 'sent by schedule', message: { scheduled: true as const } };

export const cases: Cases = {
  fires: [
    { text: 'Доброе утро! Сегодня снова набираю команду', ...scheduled },
    { text: 'Daily reminder: our prices are the best', ...scheduled },
    { text: 'Buenos días, precios nuevos', ...scheduled, ...known(1) },
  ],
  honest: [
    { text: 'Напоминаю: сегодня субботник в десять', ...scheduled, ...known(30) },
    { text: 'the bus schedule has changed' },
    { text: 'Доброе утро!' },
  ],
};

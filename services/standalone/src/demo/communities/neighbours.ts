/** A district's flea market and neighbours' chat: Russian, lively, full of prices, phones of plumbers and lost cats. */
import type { Community } from '../content.ts';
import { neighboursHouse } from './neighbours-house.ts';
import { neighboursMarket } from './neighbours-market.ts';

export const neighbours: Community = {
  key: 'neighbours',
  title: 'Барахолка и соседи, Заречный',
  username: 'zarechny_demo',
  languages: ['ru'],
  owner: { key: 'lyudmila', first: 'Людмила', last: 'Петровна', language: 'ru' },
  moderator: { key: 'stas', first: 'Стас', username: 'stas_zarechny_demo', language: 'ru' },
  members: [
    // С заглавной буквы и с точкой, по имени-отчеству.
    { key: 'nina', first: 'Нина', last: 'Аркадьевна', language: 'ru' },
    // Строчными и без знаков.
    { key: 'dimon', first: 'димон', username: 'dimon_5podezd_demo', language: 'ru' },
    // Смайлы в каждой строке.
    { key: 'katya', first: 'Катя', last: 'мама двойняшек', username: 'katya_x2_demo', language: 'ru', premium: true },
    // Ворчит.
    { key: 'semyon', first: 'Семён', last: 'Ильич', language: 'ru' },
    // Продаёт всё подряд, по делу.
    { key: 'oksana', first: 'Оксана', username: 'oksana_sells_demo', language: 'ru' },
    { key: 'rustam', first: 'Рустам', language: 'ru' },
    // Капсом, когда волнуется.
    { key: 'galya', first: 'ГАЛИНА', language: 'ru' },
    // Пишет длинно.
    { key: 'viktor', first: 'Виктор', last: 'С.', language: 'ru' },
    { key: 'lena', first: 'Лена', username: 'lena_run_demo', language: 'ru' },
    // Школьник, коротко.
    { key: 'tyoma', first: 'тёма', language: 'ru' },
    { key: 'asel', first: 'Асель', language: 'ru' },
    // Шутит.
    { key: 'boris', first: 'Борис', username: 'boris_3etazh_demo', language: 'ru' },
  ],
  dialogues: [...neighboursMarket, ...neighboursHouse],
};

/** Posts of the channel and what is said under them; jobs, gear and life. */
import { CHANNEL, type Dialogue, type Speech } from '../content.ts';

export const codersTalk: readonly Dialogue[] = [
  [
    [
      CHANNEL,
      'Meetup on {Thursday|Wednesday}, 19:00: “Boring databases, calm nights”. Free, online, questions in this group.',
    ],
    ['tamara', 'Приду послушать и поспорить.', 1],
    ['joon', 'will there be a recording?', 2],
    ['yara', 'Yes, two days later, link will be posted in the channel.', 1],
  ],
  [
    [CHANNEL, { text: 'Photo report from the hack day: 31 people, 9 projects, 1 broken projector.', media: 'photo' }],
    ['obi', 'The projector was a feature', 1],
    ['dasha', 'Я его не трогала. Почти.'],
    ['zhenya', 'Было супер, спасибо всем! 🙌'],
  ],
  [
    [
      CHANNEL,
      'Новый выпуск заметок: как мы перестали бояться миграций. Читать 6 минут: https://github.com/codekitchen-demo/notes',
    ],
    ['misha', 'Пункт про обратную совместимость надо вешать на стену.', 1],
    ['artyom', 'Мы повесили. Стена упала, миграция прошла.', 1],
  ],
  [
    ['zhenya', 'Всем привет! меня взяли джуном, первый оффер 🎉 90к на руки, удалёнка'],
    ['kostya', 'Поздравляю! Первый год спрашивай обо всём, это бесплатно.', 1],
    ['dasha', 'Ура, Женя! Тесты не забывай 😉'],
    ['obi', 'Congrats!! 🥳'],
  ],
  [
    [
      'rolf',
      'My company looks for a part-time backend person, Go, Berlin or remote in Europe. Is it all right to post that here?',
    ],
    ['kostya', 'Fridays only, in the jobs thread, with a salary range please.', 1],
    ['rolf', 'Good rule. Until Friday then.'],
  ],
  [
    ['leaf', 'is a split keyboard worth 180 euro if my wrists hurt'],
    ['pim', 'yes', 1],
    [
      'hedda',
      'Try a borrowed one first. I needed three weeks to type normally again, and I still cannot enter my own password on a laptop.',
      2,
    ],
    ['fer', 'I can lend you mine for a month.'],
    ['leaf', 'you are all too kind, yes please fer'],
  ],
  [
    ['artyom', 'Продаю монитор 27" 4K, 16 000 ₽, один битый пиксель в углу, самовывоз. Чек есть.'],
    ['misha', 'Пиксель входит в стоимость?', 1],
    ['artyom', 'Пиксель в подарок.'],
  ],
  [
    ['obi', 'How do you people deal with on-call at 3 am'],
    [
      'kostya',
      'Every page at night must end in a change that prevents the next one. Otherwise it is just suffering.',
      1,
    ],
    ['leaf', 'i cry, then i do what kostya said'],
    ['obi', 'Putting that on a mug.'],
  ],
  [
    ['misha', 'Пишут в личку «ищем тестировщиков, 500$ в день, опыт не нужен». Это же развод?'],
    ['dasha', 'Конечно развод. Попросят «залог за обучение» и пропадут.', 1],
    ['kostya', 'Такое кидайте мне, забаню, если пишут участники.'],
  ],
  [
    ['joon', 'my uncle wants me to build “a crypto exchange, but simple”, budget 300 dollars'],
    ['rolf', 'For 300 dollars I would sell him a spreadsheet.', 1],
    ['pim', 'tell him simple exchanges exist, they are called no'],
    ['joon', '😂 sending him exactly this'],
  ],
  [
    ['hedda', { text: 'Slides of my talk about queues, as promised.', media: 'document' }],
    ['tamara', 'Hedda, thank you! Слайд 12 заберу на работу, можно?', 1],
    ['hedda', 'Of course, take anything you like.'],
  ],
  [
    ['dasha', { media: 'sticker' }],
    ['fer', 'Tests are green, I take it?', 1],
    ['dasha', 'Впервые с августа!'],
  ],
  [
    ['yara', 'Reminder: be kind to beginners. Everybody here once forgot a WHERE in a DELETE.'],
    ['tamara', 'Не «once».', 1],
    ['leaf', 'not “forgot”, “discovered”'],
  ],
];

export const codersPosts: readonly Speech[] = [
  'Office hours today: bring the ugliest function you have, we will look at it together.',
  'Опрос недели: сколько у вас в проекте TODO старше {двух|трёх} лет? Пишите в комментариях.',
  'Reading list, week {n}: three short texts about queues and one long about sleep.',
  'Завтра в 18:00 разбираем ваши резюме. Присылайте заранее, без телефонов и адресов.',
  { text: 'The new stickers are here!', media: 'photo' },
];

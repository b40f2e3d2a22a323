/** Spam in several steps: the harmless first, the payload later or again and again; and spam by channels and in comments. */
import type { SpamAct } from '../content.ts';

export const staged: readonly SpamAct[] = [
  {
    trick: 'edit',
    language: 'en',
    label: 'spam',
    name: 'Helen',
    steps: [
      { says: 'Does anybody know a good podcast for the commute?' },
      { says: 'Earn $400 a day on your commute! Write {handle}, last places https://{host}', edits: 0, afterMs: 6000 },
    ],
  },
  {
    trick: 'edit',
    language: 'en',
    label: 'spam',
    name: 'Petra',
    steps: [
      { says: 'thanks, that helped!' },
      {
        says: { text: 'thanks, that helped! more here', links: [{ on: 'more here', to: 'https://{host}/casino' }] },
        edits: 0,
        afterMs: 5000,
      },
    ],
  },
  {
    trick: 'edit',
    language: 'ru',
    label: 'spam',
    name: 'Тимур',
    steps: [
      { says: 'Добрый день, давно читаю ваш чат' },
      { says: 'Ищу людей в команду, доход от 8000 в день, оплата сразу, пишите {handle}', edits: 0, afterMs: 7000 },
    ],
  },
  {
    trick: 'edit',
    language: 'ru',
    label: 'spam',
    name: 'Полина',
    steps: [
      { says: { text: 'закат сегодня', media: 'photo' } },
      { says: { text: 'Слив приватного канала 🔞 https://t.me/+{word}demo', media: 'photo' }, edits: 0, afterMs: 5000 },
    ],
  },
  {
    trick: 'album',
    language: 'en',
    label: 'spam',
    name: 'Ruth',
    steps: [
      { says: { media: 'photo', album: true } },
      {
        says: { text: 'Casino bonus 400%, first deposit doubled, play at https://{host}', media: 'photo', album: true },
        afterMs: 300,
      },
    ],
  },
  {
    trick: 'album',
    language: 'en',
    label: 'spam',
    name: 'Leo',
    steps: [
      { says: { text: 'some pictures', media: 'photo', album: true } },
      { says: { media: 'photo', album: true }, afterMs: 200 },
      {
        says: { text: 'Guaranteed trading profit, $100 to $2000 in 5 days {handle}', media: 'photo', album: true },
        afterMs: 200,
      },
    ],
  },
  {
    trick: 'album',
    language: 'ru',
    label: 'spam',
    name: 'Жанна',
    steps: [
      { says: { media: 'photo', album: true } },
      {
        says: { text: 'Заработок для мам в декрете, от 3000 в день, пишите {handle}', media: 'photo', album: true },
        afterMs: 300,
      },
    ],
  },
  { trick: 'flood', language: 'en', label: 'spam', name: 'zzz', steps: [{ says: 'JOIN {handle}', times: 8 }] },
  {
    trick: 'flood',
    language: 'en',
    label: 'spam',
    name: 'Troll',
    steps: [{ says: 'aaaaaaaaaaaaaaaaaaaaa', times: 10 }],
  },
  { trick: 'flood', language: 'ru', label: 'spam', name: 'Флуд', steps: [{ says: { media: 'sticker' }, times: 12 }] },
  {
    trick: 'repeats',
    language: 'en',
    label: 'spam',
    name: 'Ahmed',
    steps: [
      { says: 'Best prices for accounts, contact me' },
      { says: 'Best prices for accounts, contact me', afterMs: 4000 },
      { says: 'Best prices for accounts , contact me!', afterMs: 4000 },
      { says: 'best prices for accounts - contact me', afterMs: 4000 },
    ],
  },
  {
    trick: 'repeats',
    language: 'ru',
    label: 'spam',
    name: 'Роман',
    steps: [
      { says: 'Куплю ваши аккаунты дорого' },
      { says: 'Куплю ваши аккаунты дорого', afterMs: 3000 },
      { says: 'Куплю ваши аккаунты, дорого!', afterMs: 3000 },
      { says: 'куплю ваши аккаунты дорого', afterMs: 3000 },
    ],
  },
  {
    trick: 'channel sender',
    language: 'en',
    label: 'spam',
    name: 'Profit Academy',
    as: 'channel',
    steps: [{ says: 'We opened 20 free places in our trading academy: https://t.me/+{word}demo' }],
  },
  {
    trick: 'channel sender',
    language: 'en',
    label: 'spam',
    name: 'Night Girls',
    as: 'channel',
    steps: [{ says: { text: '🔞 new videos every hour, subscribe', media: 'photo' } }],
  },
  {
    trick: 'channel sender',
    language: 'ru',
    label: 'spam',
    name: 'Лёгкий доход',
    as: 'channel',
    steps: [{ says: 'Подписывайтесь, каждый день раздаём рабочие схемы заработка: https://t.me/+{word}demo' }],
  },
  {
    trick: 'first comment',
    language: 'en',
    label: 'spam',
    name: 'Emily',
    under: 'post',
    steps: [{ says: 'Great post! By the way, my mentor {handle} made me $3,000 last month 🙏' }],
  },
  {
    trick: 'first comment',
    language: 'en',
    label: 'spam',
    name: 'Victoria 💋',
    under: 'post',
    steps: [{ says: 'First! Look at my profile, I am lonely 😘' }],
  },
  {
    trick: 'first comment',
    language: 'ru',
    label: 'spam',
    name: 'Алёна',
    under: 'post',
    steps: [{ says: 'Кому нужен доход от 5000 в день, ссылка у меня в профиле 😉' }],
  },
  {
    trick: 'lure',
    language: 'en',
    label: 'spam',
    name: 'Kate 🌸',
    steps: [{ says: 'Hi all, who is free this evening? Write me, I do not bite 😘' }],
  },
  {
    trick: 'lure',
    language: 'en',
    label: 'spam',
    name: 'Telegram Support',
    steps: [{ says: 'Your account will be blocked in 24 hours. Confirm your number here: https://{host}/login' }],
  },
  {
    trick: 'lure',
    language: 'ru',
    label: 'spam',
    name: 'Безопасность',
    steps: [
      { says: 'На ваш аккаунт поступила жалоба. Подтвердите вход, иначе удаление через 12 часов: https://{host}/auth' },
    ],
  },
];

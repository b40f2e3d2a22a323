/** Spam whose payload stands outside the text: forwards, buttons, quotes, contacts, draws, stories, names. */
import type { Content, SpamAct, Trick } from '../content.ts';

const act = (trick: Trick, [language, name]: readonly ['en' | 'ru', string], says: Content): SpamAct => ({
  trick,
  language,
  label: 'spam',
  name,
  steps: [{ says }],
});

export const carried: readonly SpamAct[] = [
  act('forward', ['en', 'Greg'], {
    text: 'Daily signals: +{18|26|41}% on one trade. Join before we close https://t.me/+{word}demo',
    forwardedFrom: { channel: 'Whale Signals' },
  }),
  act('forward', ['en', 'Jenny'], {
    text: 'Double your deposit today, 200% bonus 👉 https://{host}',
    media: 'photo',
    forwardedFrom: { channel: 'Casino Royal Club' },
  }),
  act('forward', ['ru', 'Денис'], {
    text: 'Раздаём прогнозы бесплатно, вчера +64 000. Подпишись: https://t.me/+{word}demo',
    forwardedFrom: { channel: 'Железные ставки' },
  }),
  act('forward', ['ru', 'Лариса'], {
    text: 'Требуются сотрудники в интернет-магазин, 5500 в смену, без опыта. Писать {handle}',
    forwardedFrom: { person: 'Отдел кадров' },
  }),
  act('keyboard', ['en', 'Prize Desk'], {
    text: '🎁 You were chosen!',
    viaBot: 'GiftDemo',
    buttons: [['Take your ${100|250|500}', 'https://{host}/gift']],
  }),
  act('keyboard', ['en', 'Olivia'], {
    text: 'Vote for my sister please, she is in the final 🙏',
    viaBot: 'PostDemo',
    buttons: [
      ['Vote', 'https://{host}/vote/{n}'],
      ['Share', 'https://t.me/share/url?url={host}'],
    ],
  }),
  act('keyboard', ['ru', 'Подарки'], {
    text: 'Тебе подарок 🎁',
    viaBot: 'GiftDemo',
    buttons: [['Забрать 500 звёзд', 'https://t.me/{word}_demo_bot?start={n}']],
  }),
  act('keyboard', ['ru', 'Эльдар'], {
    text: 'Новое казино без верификации',
    media: 'photo',
    viaBot: 'PostDemo',
    buttons: [
      ['🎰 Играть', 'https://{host}'],
      ['Бонус 300%', 'https://{host}/bonus'],
    ],
  }),
  act('external quote', ['en', 'Sam'], {
    text: 'Has anyone tried this? It really paid me.',
    quotes: {
      channel: 'Easy Income Daily',
      words: 'Start with $50 and withdraw $900 in 3 days, guaranteed: https://{host}',
    },
  }),
  act('external quote', ['en', 'Nora'], {
    text: 'wow 😮',
    quotes: { channel: 'Airdrop Radar', words: 'Connect your wallet and claim 400 USDT now: https://{host}/claim' },
  }),
  act('external quote', ['ru', 'Миша К'], {
    text: 'Ребята, кто-нибудь пробовал?',
    quotes: { channel: 'Доход на дому', words: 'Вложил 1000, вывел 18 000 за неделю, схема у {handle}' },
  }),
  act('contact card', ['en', 'Dave'], { contact: { name: 'Easy loans 24/7, any sum', phone: '+15550100' } }),
  act('contact card', ['ru', 'Максим'], { contact: { name: 'Досуг с девушками 24/7', phone: '+70000000000' } }),
  act('giveaway', ['en', 'Lottery'], {
    giveaway: { channel: 'Crypto Gifts', prize: '$1,000 in USDT for subscribers', winners: 50 },
  }),
  act('giveaway', ['ru', 'Раздача'], {
    giveaway: { channel: 'Розыгрыши каждый день', prize: 'Телефон и 50 000 рублей', winners: 10 },
  }),
  act('story', ['en', 'Mia'], { story: { channel: 'Mia private' } }),
  act('story', ['ru', 'Ксюша'], { story: { channel: 'Ксюша без цензуры' } }),
  act('poll', ['en', 'Research'], {
    poll: { question: 'Want $300 a day? Write to @richdemo', options: ['Yes', 'Yes, today', 'Show me how'] },
  }),
  act('name', ['en', 'CASINO BONUS 300% {host}'], { text: 'hello everyone 👋' }),
  act('name', ['ru', 'Заработок от 5000 в день {handle}'], { text: 'всем привет' }),
  act('hidden link', ['en', 'Robin'], {
    text: 'interesting',
    media: 'photo',
    links: [{ on: 'interesting', to: 'https://{host}/x{n}' }],
  }),
];

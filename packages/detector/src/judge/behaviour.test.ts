/** The detector as it ships, on messages written for this test: nothing of them was trained on. */
import { firstContext } from '@chatwarden/contracts';
import { NOON } from '@chatwarden/testkit';
import { describe, expect, test } from 'vitest';
import { judged, shippedModel, type Judging } from '../../test/judging.ts';

const model = shippedModel();
const bandOf = (judging: Judging) => judged({ ...judging, model }).judgement.band;
const member = { sender: { ...firstContext(NOON).sender, allowedCount: 6 } };

const SPAM: readonly string[] = [
  '🎰 FREE CASINO BONUS! 500$ for every new player, no deposit, write me now → https://t.me/lucky_bonus_bot',
  'Earn from 300$ a day with your phone only, no experience, no investment. Write to @easy_profit_manager',
  'Crypto signals 97% accuracy, my clients doubled their deposit in a week, join t.me/pump_signals_vip',
  'Hello everyone! I am recruiting people for a remote side job, 2-3 hours a day, pay from 150$ daily, details in private',
  'Lost money to a scam broker? A recovery hacker got back all my bitcoin, contact him on Telegram @fast_recovery_pro',
  'Набираю людей в команду, удаленный заработок от 200$ в день, без вложений, 18+. Пишите в лс @zarabotok_manager',
  'Срочно нужны 3 человека на подработку! Оплата каждый день от 8000 рублей, опыт не нужен, пиши + в личку',
  'Прогнозы на спорт с проходимостью 95%, вчера подняли 70 тысяч, заходи пока бесплатно t.me/stavki_raketa',
  'Займ без отказа и проверок на карту за 5 минут, даже с плохой историей: https://dengi-srazu.example',
  'Иинтим знакомства в твоем городе, девушки 18+ ждут, фото и видео тут 👉 t.me/hot_girls_city_bot',
];

const HAM: readonly string[] = [
  'good morning everyone',
  'has anyone tried the new compost from the garden centre? mine smells awful',
  'I paid 40 for the pump and it broke within a week, going to ask for my money back tomorrow',
  'the recording is on youtube: https://youtube.com/watch?v=abc if somebody missed the talk',
  'see https://github.com/nodejs/node/issues/1234, same problem as yours',
  'thanks, that worked!',
  'can somebody lend me a drill on Saturday? I will bring cake',
  'my brother works at a bank and says the rates will fall again in spring, we shall see',
  'we meet at 18:30 in front of the library, bring your own mug',
  'доброе утро, соседи! воду дали?',
  'отдам бесплатно детскую кроватку, самовывоз из пятого подъезда',
  'кто-нибудь знает хорошего стоматолога рядом? у сына зуб болит второй день',
  'продаю велосипед подростковый, 6000, торг, состояние хорошее, фото скину в личку',
  'я бы не стал ничего переводить, это похоже на мошенников',
  'посмотрел фильм вчера, так себе, сюжет затянут, но музыка хорошая',
  'собрание дома перенесли на четверг в семь вечера, будем обсуждать парковку',
  'спасибо большое, помогло!',
  'не заводится машина, минус двадцать, кто может прикурить у дома 12?',
];

describe('the detector as it ships', () => {
  test.each(SPAM)('spam from a newcomer is acted on or asked about: %s', (text) => {
    expect(bandOf({ message: { text } })).not.toBe('allow');
  });

  test.each(HAM)('ordinary talk of a member is left alone: %s', (text) => {
    expect(bandOf({ message: { text }, context: member })).toBe('allow');
  });

  test.each(HAM)('and of a newcomer never acted on: %s', (text) => {
    expect(bandOf({ message: { text } })).not.toBe('act');
  });

  test('a photo without words, a long story and a forward of a member are left alone', () => {
    const photo = { text: '', media: [{ kind: 'photo' as const }] };
    const story = { text: 'we walked along the river and the children found a frog. '.repeat(20) };
    const forward = {
      text: 'the bridge is closed until Monday',
      forward: { type: 'channel' as const, title: 'City news' },
    };
    const bands = [photo, story, forward].map((message) => bandOf({ message, context: member }));
    expect(bands).toEqual(['allow', 'allow', 'allow']);
  });
});

const channel = { type: 'channel', chatId: -100_777 } as const;
const button = (url: string) => ({ buttons: [{ text: 'Open', url }] });

/** Words that nobody would mind, beside what carries the advert. */
const COVERED: readonly (readonly [name: string, judging: Judging])[] = [
  ['a story', { message: { text: 'this changed my life', attachments: ['story'] } }],
  ['a giveaway', { message: { text: 'участвую и вам советую', attachments: ['giveaway'] } }],
  ['a contact', { message: { text: 'очень хороший мастер', attachments: ['contact'] } }],
  ['paid media', { message: { text: 'the full lesson', media: [{ kind: 'paidMedia' }] } }],
  ['a button', { message: { text: 'Vote for my sister please', ...button('https://vote-now.example') } }],
  [
    'a file that runs',
    { message: { text: 'это ты на фото?', media: [{ kind: 'document', fileName: 'foto.jpg.apk' }] } },
  ],
  ['a hidden preview', { message: { text: 'Всем доброе утро', linkPreview: { url: 'https://spin.example' } } }],
  [
    'a picture of another chat',
    { message: { text: 'wow, it works', externalReply: { origin: channel, otherChat: true, media: ['photo'] } } },
  ],
  [
    'a quote of another chat',
    {
      message: {
        text: 'спасибо, помогло',
        quote: { text: 'Пишите @dohod_bez_riska', manual: true },
        externalReply: { origin: channel, otherChat: true, media: [] },
      },
    },
  ],
  ['a link in the name', { message: { text: 'Интересный пост' }, sender: { name: 'Доход t.me/legkie_dengi' } }],
];

describe('a payload beside harmless words', () => {
  test.each(COVERED)('of a newcomer is asked about: %s', (_name, judging) => {
    expect(bandOf(judging)).not.toBe('allow');
  });

  test.each(COVERED)('of a member and of an approved sender is left alone: %s', (_name, judging) => {
    expect(bandOf({ ...judging, context: { standing: 'approved' } })).toBe('allow');
    expect(bandOf({ ...judging, context: member })).not.toBe('act');
  });

  test('two of them are acted on, and so is one with spam for words', () => {
    const both = { text: 'Vote for my sister please', attachments: ['story' as const], ...button('https://a.example') };
    const spam = { text: SPAM[5] ?? '', attachments: ['contact' as const] };
    expect([bandOf({ message: both }), bandOf({ message: spam })]).toEqual(['act', 'act']);
  });

  test('posts of honest channels keep their buttons when a newcomer forwards them, and are not acted on', () => {
    const posts = [
      'New release is out, changelog below',
      'Прогноз на завтра: снег, ветер 8 м/с. Берегите себя на дорогах',
    ];
    const bands = posts.map((text) =>
      bandOf({ message: { text, forward: channel, ...button('https://news.example') } }),
    );
    expect(bands).toEqual(['ask', 'ask']);
  });
});

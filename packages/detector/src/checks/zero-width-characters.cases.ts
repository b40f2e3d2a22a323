import type { Cases } from './case.ts';

export const cases: Cases = {
  fires: [
    { text: 'c\u200ba\u200bs\u200bi\u200bn\u200bo bonus', note: 'a zero-width space between the letters' },
    { text: 'За\u2060ра\u2060бо\u2060ток на дому', note: 'word joiners inside words' },
    { text: 'tele\u00adgram sig\u00adnals, dai\u00adly pro\u00adfit', note: 'soft hyphens' },
    { text: 'Работа\u3164\u3164\u3164\u3164пишите', note: 'Hangul fillers' },
  ],
  honest: [
    { text: 'вся семья 👨‍👩‍👧‍👦 и собака 🐕‍🦺 поехали, ❤️', note: 'joiners inside emoji' },
    { text: 'می‌خواهم به کتابخانه‌ی شهر بروم و کتاب‌ها را پس بدهم', note: 'Persian, which needs the non-joiner' },
    { text: '\ufeffскопировал с сайта, вот расписание\u200b на завтра', note: 'two left over from copying' },
  ],
};

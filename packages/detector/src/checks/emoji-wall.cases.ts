import type { Cases } from './case.ts';

export const cases: Cases = {
  fires: [
    { text: '🎰🎰🎰 WIN BIG MONEY TODAY 💰💰💰 join us 🔥🔥🔥' },
    { text: '💵 Заработок 💵 без вложений 🔥 каждый день 🔥 пиши 👉 в личку ✅ успей 🚀🚀' },
    { text: '🍓 Fotos y videos 🍓 escríbeme 😘 hoy mismo 🔥🔥🔥 💋💋' },
  ],
  honest: [
    { text: '😂😂😂😂😂😂😂😂😂😂', note: 'emoji alone' },
    { text: 'С днём рождения! 🎉🎂🎁 Здоровья и тепла 🌷' },
    { text: 'лол 😂😂😂😂😂😂😂😂', note: 'a word and a mood' },
    { text: 'Meeting notes: ✅ roof ✅ bins ❌ lift ✅ parking' },
  ],
};

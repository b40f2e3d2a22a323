import { known, type Case, type Cases } from './case.ts';

const drawn = (text: string, count: number): Case => ({
  text,
  note: `${count} custom emoji`,
  message: {
    entities: Array.from({ length: count }, (_, at) => ({
      type: 'custom_emoji',
      offset: at * 2,
      length: 2,
      customEmojiId: `53680${at}`,
    })),
  },
});

export const cases: Cases = {
  fires: [
    drawn('🅰🅰🅰🅰🅰🅰🅰🅰🅰🅰🅰🅰', 12),
    drawn('🔥🔥🔥🔥🔥🔥🔥🔥 Работа на дому, вопросы в личку', 8),
    { ...drawn('💎💎💎💎💎💎💎💎💎💎 VIP', 10), ...known(1) },
  ],
  honest: [
    drawn('🎉🎉🎉 поздравляю, ребята!', 3),
    drawn('😂😂😂😂😂😂 just look at that cat', 6),
    { text: '🔥🔥🔥🔥🔥🔥🔥🔥🔥', note: 'ordinary emoji' },
  ],
};

import { isNewcomer, messageOf, nothing, type Check } from './check.ts';

/** Custom emoji show any picture: with this many a text can be drawn that no filter reads. */
const WALL = 8;

export const customEmojiWall: Check = {
  name: 'customEmojiWall',
  describe: 'Many custom emoji, which can draw letters and whole adverts',
  weights: [0.7, 1.8],
  find: ({ prepared, context }) => {
    const count = messageOf(prepared)?.entities.filter((entity) => entity.type === 'custom_emoji').length ?? 0;
    if (count < WALL) return nothing(`${count} custom emoji`);
    return { weight: isNewcomer(context) ? 1.8 : 0.7, reason: `${count} custom emoji` };
  },
};

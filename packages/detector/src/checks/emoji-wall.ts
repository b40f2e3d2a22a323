import { nothing, type Check } from './check.ts';

/** Honest messages with more are rare, and then mostly emoji alone. */
const WALL = 8;

export const emojiWall: Check = {
  name: 'emojiWall',
  describe: 'Many emoji around a text',
  weights: [1, 3],
  find: ({ prepared }) => {
    const { emoji, letters } = prepared.folded.facts;
    // Emoji alone are a mood; beside a text they are a shop window.
    if (emoji < WALL || letters <= emoji) return nothing(`${emoji} emoji`);
    return { weight: Math.min(1 + (emoji - WALL) / 12, 3), reason: `${emoji} emoji around a text` };
  },
};

import { messageOf, nothing, type Check } from './check.ts';

/** Honest messages with more are rare, and then mostly emoji alone. */
const WALL = 8;

export const emoji: Check = {
  name: 'emoji',
  describe: 'Walls of emoji, custom emoji above all, around a text',
  find: ({ prepared }) => {
    const { emoji: plain, letters } = prepared.folded.facts;
    const custom = messageOf(prepared)?.entities.filter((entity) => entity.type === 'custom_emoji').length ?? 0;
    if (custom >= WALL) return { weight: 1.5, reason: `${custom} custom emoji` };
    // Emoji alone are a mood; beside a text they are a shop window.
    if (plain >= WALL && letters > plain)
      return { weight: Math.min(1 + (plain - WALL) / 12, 3), reason: `${plain} emoji around a text` };
    return nothing(`${plain + custom} emoji`);
  },
};

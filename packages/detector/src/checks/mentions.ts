import { isNewcomer, messageOf, nothing, type Check } from './check.ts';

/** Beyond this many people are being called, not addressed. */
const MANY = 5;

export const mentions: Check = {
  name: 'mentions',
  describe: 'Many people called at once, and mentions that nobody can see',
  find: ({ prepared, context }) => {
    const entities = messageOf(prepared)?.entities ?? [];
    const invisible = entities.filter((entity) => entity.type === 'text_mention' && entity.length <= 1).length;
    if (invisible > 0) return { weight: 2, reason: `${invisible} invisible mention(s)` };
    const count = prepared.mentions.length;
    if (count >= MANY) return { weight: 1.5, reason: `${count} people mentioned` };
    if (count > 0 && isNewcomer(context)) return { weight: 0.3, reason: `${count} handle(s) named by a newcomer` };
    return nothing(count === 0 ? 'no mentions' : `${count} mention(s)`);
  },
};

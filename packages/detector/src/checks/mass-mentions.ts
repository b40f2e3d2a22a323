import { isNewcomer, messageOf, nothing, type Check } from './check.ts';

/** Beyond this many people are being called, not addressed. */
const MANY = 5;

export const massMentions: Check = {
  name: 'massMentions',
  describe: 'Many people called at once, with handles or by name; a little, handles named by newcomers',
  weights: [0.3, 1.8],
  find: ({ prepared, context }) => {
    const byName = messageOf(prepared)?.entities.filter((entity) => entity.type === 'text_mention').length ?? 0;
    const handles = prepared.mentions.length;
    const count = handles + byName;
    const newcomer = isNewcomer(context);
    if (count >= MANY) {
      return { weight: (count >= 2 * MANY ? 1.8 : 1.5) * (newcomer ? 1 : 0.6), reason: `${count} people mentioned` };
    }
    if (handles > 0 && newcomer) return { weight: 0.3, reason: `${handles} handle(s) named by a newcomer` };
    return nothing(count === 0 ? 'no mentions' : `${count} mention(s)`);
  },
};

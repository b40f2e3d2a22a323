import { isNewcomer, messageOf, nothing, type Check } from './check.ts';

export const paidMedia: Check = {
  name: 'paidMedia',
  describe: 'Pictures and videos that cost Stars to see',
  weights: [0.5, 2.4],
  payload: true,
  find: ({ prepared, context }) => {
    if (!messageOf(prepared)?.media.some((media) => media.kind === 'paidMedia')) return nothing('no paid media');
    const newcomer = isNewcomer(context);
    return { weight: newcomer ? 2.4 : 0.5, reason: `paid media${newcomer ? ' from a newcomer' : ''}` };
  },
};

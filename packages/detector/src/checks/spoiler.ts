import { isNewcomer, messageOf, nothing, type Check } from './check.ts';
import { coverOf } from './payload.ts';

export const spoiler: Check = {
  name: 'spoiler',
  describe: 'Links, handles and pictures that a newcomer hides under a spoiler',
  weights: [0.5, 1.8],
  find: ({ prepared, context }) => {
    const message = messageOf(prepared);
    if (!message) return nothing('no spoiler');
    const cover = coverOf(message.entities, 'spoiler');
    const newcomer = isNewcomer(context);
    if (cover?.leads) return { weight: newcomer ? 1.8 : 0.5, reason: 'a way out of the chat under a spoiler' };
    const media = message.media.some((one) => one.spoiler);
    return media && newcomer
      ? { weight: 0.8, reason: 'a picture of a newcomer under a spoiler' }
      : nothing(cover ? 'a spoiler over words' : 'no spoiler');
  },
};

import { isBlank } from '../prepare/blank.ts';
import { messageOf, nothing, type Check } from './check.ts';

export const invisibleMention: Check = {
  name: 'invisibleMention',
  describe: 'Mentions behind characters that nobody sees: they ring at people without a word',
  weights: [2.4, 2.4],
  payload: true,
  find: ({ prepared }) => {
    const message = messageOf(prepared);
    if (!message) return nothing('no mentions');
    const count = message.entities.filter(
      ({ type, offset, length, url }) =>
        (type === 'text_mention' || (type === 'text_link' && url?.startsWith('tg://user'))) &&
        isBlank(message.text.slice(offset, offset + length)),
    ).length;
    return count > 0 ? { weight: 2.4, reason: `${count} invisible mention(s)` } : nothing('no invisible mentions');
  },
};

import { textKey } from '../prepare/prepare.ts';
import { isNewcomer, nothing, type Check } from './check.ts';

/**
 * Accounts that want to look alive post what others said here before. The copy has the fingerprint of the first one;
 * short texts have none, since honest thanks and greetings are all alike.
 */
export const copiedMessage: Check = {
  name: 'copiedMessage',
  describe: 'A newcomer’s message that somebody else posted in this group before',
  weights: [1.6, 2],
  find: ({ prepared, context }) => {
    const { fingerprint, event } = prepared;
    if (fingerprint === undefined || event.kind === 'MessageEdited') return nothing('too short to be a copy');
    const here = context.campaigns.find(({ key }) => key === textKey(fingerprint))?.here;
    if (!here || here.others === 0 || here.firstAt >= event.occurredAt) return nothing('nobody else said it');
    if (!isNewcomer(context)) return nothing('said by others before');
    return { weight: here.others > 1 ? 2 : 1.6, reason: `said here by ${here.others} other(s) before` };
  },
};

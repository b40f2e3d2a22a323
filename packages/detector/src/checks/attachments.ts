import type { Attachment } from '@chatwarden/contracts';
import { isNewcomer, messageOf, nothing, type Check } from './check.ts';

/** Log-odds for a sender without a record. */
const WEIGHTS: Partial<Record<Attachment, number>> = {
  giveaway: 3.5,
  giveawayWinners: 2,
  contact: 3.2,
  story: 2.5,
  invoice: 2.5,
  poll: 0.4,
  checklist: 0.8,
  game: 0.8,
};

export const attachments: Check = {
  name: 'attachments',
  describe: 'Giveaways, contacts, stories, invoices and paid media from people without a record',
  find: ({ prepared, context }) => {
    const message = messageOf(prepared);
    if (!message || !isNewcomer(context)) return nothing('nothing attached that counts');
    const [heaviest] = message.attachments.toSorted((a, b) => (WEIGHTS[b] ?? 0) - (WEIGHTS[a] ?? 0));
    const weight = heaviest === undefined ? 0 : (WEIGHTS[heaviest] ?? 0);
    if (weight > 0) return { weight, reason: `a ${heaviest} from a newcomer` };
    if (message.media.some((media) => media.kind === 'paidMedia'))
      return { weight: 2, reason: 'paid media from a newcomer' };
    return nothing('nothing attached that counts');
  },
};

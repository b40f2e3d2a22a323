import { isNewcomer, messageOf, nothing, type Check } from './check.ts';
import { leadsAway } from './payload.ts';

/** A quote within this chat repeats what was judged already; one of another chat was judged by nobody. */
export const quotePayload: Check = {
  name: 'quotePayload',
  describe: 'Quotes of another chat that carry a link or a handle, or simply words, into this one',
  weights: [0.3, 2.4],
  payload: true,
  find: ({ prepared, context }) => {
    const quote = messageOf(prepared)?.quote;
    if (!prepared.quoted || !quote) return nothing('no quote of another chat');
    const weight = (leadsAway(quote.text) ? 2.4 : 0.6) * (isNewcomer(context) ? 1 : 0.5);
    return { weight, reason: `a quote of another chat${weight >= 1 ? ' that leads elsewhere' : ''}` };
  },
};

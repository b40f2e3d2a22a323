import { isNewcomer, messageOf, nothing, type Check } from './check.ts';

export const contact: Check = {
  name: 'contact',
  describe: 'Visiting cards of other people, a number to call without a link',
  weights: [0.2, 3.2],
  payload: true,
  find: ({ prepared, context }) => {
    if (!messageOf(prepared)?.attachments.includes('contact')) return nothing('no contact');
    const newcomer = isNewcomer(context);
    return { weight: newcomer ? 3.2 : 0.2, reason: `a contact${newcomer ? ' from a newcomer' : ''}` };
  },
};

import { isNewcomer, messageOf, nothing, type Check } from './check.ts';

export const invoice: Check = {
  name: 'invoice',
  describe: 'Invoices, which only bots can write, and games of bots',
  weights: [0.5, 2.5],
  find: ({ prepared, context }) => {
    const attachments = messageOf(prepared)?.attachments ?? [];
    const newcomer = isNewcomer(context);
    if (attachments.includes('invoice')) {
      return { weight: newcomer ? 2.5 : 0.5, reason: `an invoice${newcomer ? ' from a newcomer' : ''}` };
    }
    return attachments.includes('game') && newcomer
      ? { weight: 0.8, reason: 'a game from a newcomer' }
      : nothing('no invoice');
  },
};

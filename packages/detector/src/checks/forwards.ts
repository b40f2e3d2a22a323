import { isNewcomer, messageOf, nothing, type Check } from './check.ts';

export const forwards: Check = {
  name: 'forwards',
  describe: 'Messages forwarded from elsewhere, channels above all; weighs little from people with a record',
  weights: [0.1, 1.2],
  find: ({ prepared, context }) => {
    const origin = messageOf(prepared)?.forward;
    if (!origin || origin.type === 'hiddenUser') return nothing('not forwarded from a named place');
    const newcomer = isNewcomer(context);
    const weight = newcomer ? (origin.type === 'channel' ? 1.2 : 0.6) : 0.1;
    return { weight, reason: `forwarded from a ${origin.type}${newcomer ? ' by a newcomer' : ''}` };
  },
};

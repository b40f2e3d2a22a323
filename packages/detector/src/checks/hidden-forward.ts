import { isNewcomer, messageOf, nothing, type Check } from './check.ts';

/** Honest people hide their account from forwards as well, so it weighs hardly more than a forward. */
export const hiddenForward: Check = {
  name: 'hiddenForward',
  describe: 'Forwards whose author hides behind a name without an account',
  weights: [0.1, 0.9],
  find: ({ prepared, context }) => {
    if (messageOf(prepared)?.forward?.type !== 'hiddenUser') return nothing('no hidden forward');
    return isNewcomer(context)
      ? { weight: 0.9, reason: 'forwarded from a hidden account by a newcomer' }
      : { weight: 0.1, reason: 'forwarded from a hidden account' };
  },
};

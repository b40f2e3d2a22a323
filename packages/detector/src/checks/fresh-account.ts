import { isNewcomer, nothing, type Check } from './check.ts';

/**
 * Telegram gives out user ids in rising order, more or less: blocks per data centre overlap by months. Known pairs of
 * id and date (https://github.com/wjclub/telegram-bot-getids) end in October 2021 near 2e9; public estimates since put
 * 7e9 between May 2024 and May 2025 and 8e9 in 2025. So above this an account is from 2025 or later, and that is all.
 */
const FRESH_ID = 8_000_000_000;
/** Everybody was new once: a hint that tips a scale, no more. */
const WEIGHT = 0.3;

export const freshAccount: Check = {
  name: 'freshAccount',
  describe: 'A user id that is given to accounts made in 2025 or later, on somebody without a record',
  weights: [WEIGHT, WEIGHT],
  find: ({ prepared, context }) => {
    const { sender } = prepared.event;
    if (sender.as !== 'user' || sender.id < FRESH_ID) return nothing('not a fresh account');
    return isNewcomer(context)
      ? { weight: WEIGHT, reason: 'a fresh account' }
      : nothing('a fresh account with a record');
  },
};

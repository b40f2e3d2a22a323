/** What is known of the sender: a record of allowed messages, or what moderators said. */
import type { Check } from './check.ts';

const STANDINGS = { approved: -6, cleared: -3, sanctioned: 2 } as const;

export const record: Check = {
  name: 'record',
  describe: 'A first message, earlier offences, what moderators said; earlier allowed messages speak against spam',
  weights: [STANDINGS.approved, STANDINGS.sanctioned],
  find: ({ context }) => {
    const { standing, sender, priorOffences } = context;
    if (standing !== 'none') return { weight: STANDINGS[standing], reason: `moderators: ${standing}` };
    if (priorOffences > 0) return { weight: 1, reason: `${priorOffences} earlier offence(s)` };
    if (sender.allowedCount === 0) return { weight: 0.8, reason: 'a first message' };
    return {
      weight: -Math.min(Math.log2(1 + sender.allowedCount), 5) / 2,
      reason: `${sender.allowedCount} allowed message(s) before`,
    };
  },
};

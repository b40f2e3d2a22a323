/** What is known of the sender: a record of allowed messages, or what moderators said. */
import { nothing, type Check } from './check.ts';

const STANDINGS = { approved: -6, cleared: -3, sanctioned: 2 } as const;

export const record: Check = {
  name: 'record',
  describe: 'Earlier allowed messages, and what moderators said about the sender',
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

/** Bots read a channel's post at once; people take longer. */
const INSTANT_MS = 4000;

export const firstComment: Check = {
  name: 'firstComment',
  describe: 'A comment within seconds under a post of the linked channel',
  find: ({ prepared, context }) => {
    const { event } = prepared;
    const reply = 'message' in event ? event.message.replyTo : undefined;
    if (!reply?.automaticForward || reply.sentAt === undefined) return nothing('not a comment under a post');
    const afterMs = event.occurredAt - reply.sentAt;
    if (afterMs > INSTANT_MS || context.sender.allowedCount > 3) return nothing('a comment in its own time');
    return { weight: 1, reason: `a comment ${Math.round(afterMs / 1000)} s after the post` };
  },
};

import { nothing, type Check } from './check.ts';

/** Bots read a channel's post at once; people take longer. */
const INSTANT_MS = 4000;
const KNOWN_MESSAGES = 3;

export const instantComment: Check = {
  name: 'instantComment',
  describe: 'A comment within seconds under a post of the linked channel',
  weights: [1, 1],
  find: ({ prepared, context }) => {
    const { event } = prepared;
    const reply = 'message' in event ? event.message.replyTo : undefined;
    if (!reply?.automaticForward || reply.sentAt === undefined || event.kind === 'MessageEdited') {
      return nothing('not a comment under a post');
    }
    const afterMs = event.occurredAt - reply.sentAt;
    if (afterMs > INSTANT_MS || context.sender.allowedCount > KNOWN_MESSAGES) {
      return nothing('a comment in its own time');
    }
    return { weight: 1, reason: `a comment ${Math.round(afterMs / 1000)} s after the post` };
  },
};

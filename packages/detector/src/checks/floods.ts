import { nothing, type Check } from './check.ts';

const FLOOD_MS = 10_000;
/** More messages than this in ten seconds nobody types. */
const FLOOD_MESSAGES = 7;
const KNOWN_MESSAGES = 3;

export const floods: Check = {
  name: 'floods',
  describe: 'Many messages of one sender within ten seconds',
  weights: [2.5, 4],
  find: ({ prepared, context }) => {
    const { event } = prepared;
    const recent = context.sender.seen.filter(
      (trace) => trace.id !== event.id && Math.abs(event.occurredAt - trace.at) < FLOOD_MS,
    ).length;
    if (recent < FLOOD_MESSAGES) return nothing('no flood');
    // What was allowed of the flood itself is no record.
    const isKnown = context.standing !== 'none' || context.sender.allowedCount - recent >= KNOWN_MESSAGES;
    return { weight: isKnown ? 2.5 : 4, reason: `${recent + 1} messages within ten seconds` };
  },
};

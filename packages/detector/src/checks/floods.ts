import { nothing, type Check } from './check.ts';

const FLOOD_MS = 10_000;
/** More messages than this in ten seconds nobody types. */
const FLOOD_MESSAGES = 7;

export const floods: Check = {
  name: 'floods',
  describe: 'Many messages of one sender within ten seconds',
  weights: [2.5, 2.5],
  find: ({ prepared, context }) => {
    const { event } = prepared;
    const recent = context.sender.seen.filter(
      (trace) => trace.id !== event.id && Math.abs(event.occurredAt - trace.at) < FLOOD_MS,
    ).length;
    if (recent < FLOOD_MESSAGES) return nothing('no flood');
    return { weight: 2.5, reason: `${recent + 1} messages within ten seconds` };
  },
};

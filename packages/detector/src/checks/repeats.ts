/** What a sender did shortly before, read from the traces of earlier events; the event's own trace is not among them. */
import { fingerprintDistance } from '../prepare/fingerprint.ts';
import type { CheckInput } from './check.ts';
import { nothing, type Check } from './check.ts';

const HOUR_MS = 3_600_000;
const FLOOD_MS = 10_000;
/** More messages than this in ten seconds nobody types. */
const FLOOD_MESSAGES = 7;
/** Of 64 bits: texts that differ in a word or a number. */
export const NEAR_BITS = 8;

export function earlierCopies({ prepared, context }: CheckInput) {
  const { fingerprint, event } = prepared;
  if (fingerprint === undefined) return [];
  return context.sender.seen.filter(
    (trace) =>
      trace.id !== event.id &&
      trace.fingerprint !== undefined &&
      event.occurredAt - trace.at < HOUR_MS &&
      fingerprintDistance(trace.fingerprint, fingerprint) <= NEAR_BITS,
  );
}

export const repeats: Check = {
  name: 'repeats',
  describe: 'The same text again by the same sender within an hour',
  find: (input) => {
    if (input.prepared.event.kind === 'MessageEdited') return nothing('an edit repeats its own message');
    const copies = earlierCopies(input);
    if (copies.length === 0) return nothing('not said before');
    const bad = copies.some((copy) => copy.bad);
    return {
      weight: bad ? 3 : 0.8 * Math.min(copies.length, 4),
      reason: `said ${copies.length} time(s) before within an hour`,
    };
  },
};

export const floods: Check = {
  name: 'floods',
  describe: 'Many messages of one sender within ten seconds',
  find: ({ prepared, context }) => {
    const { event } = prepared;
    const recent = context.sender.seen.filter(
      (trace) => trace.id !== event.id && Math.abs(event.occurredAt - trace.at) < FLOOD_MS,
    ).length;
    if (recent < FLOOD_MESSAGES) return nothing('no flood');
    return { weight: 1.5, reason: `${recent + 1} messages within ten seconds` };
  },
};

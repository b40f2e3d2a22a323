/** What a sender said shortly before, read from the traces of earlier events; the event's own trace is not among them. */
import type { EventTrace } from '@chatwarden/contracts';
import { nothing, type Check, type CheckInput } from './check.ts';
import { isNear, repeatKeyOf } from './repeat-key.ts';

const HOUR_MS = 3_600_000;

export function earlierCopies({ prepared, context }: CheckInput): EventTrace[] {
  const key = repeatKeyOf(prepared);
  const { event } = prepared;
  if (key === undefined) return [];
  return context.sender.seen.filter(
    (trace) =>
      trace.id !== event.id &&
      trace.fingerprint !== undefined &&
      event.occurredAt - trace.at < HOUR_MS &&
      isNear(trace.fingerprint, key),
  );
}

/** Saying a thing twice happens; four times is a campaign. */
const WEIGHT_OF_COPIES = [0, 0.5, 1.5, 3, 4] as const;

export const repeats: Check = {
  name: 'repeats',
  describe: 'The same text again by the same sender within an hour',
  weights: [0.125, 4],
  find: (input) => {
    if (input.prepared.event.kind === 'MessageEdited') return nothing('an edit repeats its own message');
    const copies = earlierCopies(input);
    if (copies.length === 0) return nothing('not said before');
    const bad = copies.some((copy) => copy.bad);
    // Who has said other things before may well say one thing often; the copies themselves are no record.
    const { sender, standing } = input.context;
    const isKnown = standing !== 'none' || sender.allowedCount - copies.length >= 3;
    return {
      weight: bad ? 3 : (WEIGHT_OF_COPIES[Math.min(copies.length, 4)] ?? 0) * (isKnown ? 0.25 : 1),
      reason: `said ${copies.length} time(s) before within an hour`,
    };
  },
};

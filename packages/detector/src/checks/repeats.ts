/** What a sender did shortly before, read from the traces of earlier events; the event's own trace is not among them. */
import type { EventTrace } from '@chatwarden/contracts';
import { fingerprintDistance } from '../prepare/fingerprint.ts';
import type { Prepared } from '../prepared.ts';
import { nothing, type Check, type CheckInput } from './check.ts';

const HOUR_MS = 3_600_000;
const FLOOD_MS = 10_000;
/** More messages than this in ten seconds nobody types. */
const FLOOD_MESSAGES = 7;
/** Of 64 bits: texts that differ in a word or a number. */
export const NEAR_BITS = 8;

/** Fewer letters are a greeting or a yes. */
const LETTERS_MIN = 6;

/**
 * What tells a repetition of one sender: the fingerprint, or for texts too short for one a hash that only the very same
 * text has.
 */
export function repeatKeyOf({ fingerprint, folded }: Prepared): string | undefined {
  if (fingerprint !== undefined) return fingerprint;
  return folded.facts.letters < LETTERS_MIN ? undefined : hash(folded.text, 0) + hash(folded.text, 0x9e3779b9);
}

/** FNV-1a, 32 bits as 8 hex digits. */
function hash(text: string, seed: number): string {
  let value = 0x811c9dc5 ^ seed;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return (value >>> 0).toString(16).padStart(8, '0');
}

export function earlierCopies({ prepared, context }: CheckInput): EventTrace[] {
  const key = repeatKeyOf(prepared);
  const { event } = prepared;
  if (key === undefined) return [];
  return context.sender.seen.filter(
    (trace) =>
      trace.id !== event.id &&
      trace.fingerprint !== undefined &&
      event.occurredAt - trace.at < HOUR_MS &&
      fingerprintDistance(trace.fingerprint, key) <= NEAR_BITS,
  );
}

/** Saying a thing twice happens; four times is a campaign. */
const WEIGHT_OF_COPIES = [0, 0.5, 1.5, 3, 4] as const;

export const repeats: Check = {
  name: 'repeats',
  describe: 'The same text again by the same sender within an hour',
  find: (input) => {
    if (input.prepared.event.kind === 'MessageEdited') return nothing('an edit repeats its own message');
    const copies = earlierCopies(input);
    if (copies.length === 0) return nothing('not said before');
    const bad = copies.some((copy) => copy.bad);
    // Who has said other things before may well say one thing often; the copies themselves are no record.
    const { sender, standing } = input.context;
    const known = standing !== 'none' || sender.allowedCount - copies.length >= 3;
    return {
      weight: bad ? 3 : (WEIGHT_OF_COPIES[Math.min(copies.length, 4)] ?? 0) * (known ? 0.25 : 1),
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
    return { weight: 2.5, reason: `${recent + 1} messages within ten seconds` };
  },
};

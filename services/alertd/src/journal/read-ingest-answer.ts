/**
 * What an answer of ingestd says about the events that were sent. Only ingestd's own words refuse an event; anything else,
 * such as the page of a proxy or a key that is not known, is a reason to come again. Pure.
 */
import type { Millis } from '@chatwarden/contracts';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';

/** Why, by the position of the event. */
export type Refusals = ReadonlyMap<number, string>;

export type IngestAnswer =
  | { is: 'accepted'; refusals: Refusals }
  /** Fewer events at once may pass. */
  | { is: 'tooLarge'; reason: string }
  | { is: 'later'; reason: string; waitMs: number };

export interface AnswerText {
  status: number;
  text: string;
  /** How many events were sent. */
  sent: number;
  /** What the header Retry-After asks for. */
  waitMs: number;
}

const RefusedEvents = Type.Array(Type.Object({ position: Type.Integer(), code: Type.String(), reason: Type.String() }));
const Accepted = Compile(
  Type.Object({
    accepted: Type.Integer(),
    refusedPositions: Type.Optional(Type.Array(Type.Integer())),
    errors: Type.Optional(RefusedEvents),
  }),
);
const Problem = Compile(
  Type.Object({
    code: Type.String(),
    title: Type.String(),
    errors: Type.Optional(RefusedEvents),
  }),
);

/** No event of the request will ever be taken. */
const NEVER = 'nothing-usable';

export function readAnswer({ status, text, sent, waitMs }: AnswerText): IngestAnswer {
  const body = parse(text);
  if ((status === 202 || status === 207) && Accepted.Check(body)) {
    const { accepted, refusedPositions = [], errors = [] } = body;
    if (accepted + refusedPositions.length === sent) {
      return { is: 'accepted', refusals: toRefusals(refusedPositions, errors) };
    }
    return { is: 'later', reason: `${accepted} of ${sent} events accepted, and not said which`, waitMs };
  }
  if (!Problem.Check(body)) return { is: 'later', reason: `ingestd answered ${status}`, waitMs };
  const { code, title, errors = [] } = body;
  const reason = `${code}: ${title}`;
  if (code === 'too-large') return { is: 'tooLarge', reason };
  // A key that is not for our service is mended by a person, and the events are kept until then.
  if (status === 400 && code === NEVER) {
    const all = Array.from({ length: sent }, (_, position) => position);
    return { is: 'accepted', refusals: toRefusals(all, errors) };
  }
  return { is: 'later', reason, waitMs };
}

function toRefusals(
  positions: readonly number[],
  errors: readonly { position: number; code: string; reason: string }[],
): Refusals {
  const reasons = new Map(errors.map(({ position, code, reason }) => [position, `${code}: ${reason}`]));
  return new Map(positions.map((position) => [position, reasons.get(position) ?? 'refused by ingestd']));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A process must not fall asleep for a header's mistake. */
const WAIT_MAX_MS = 60_000;

/** RFC 9110, 10.2.3: seconds, or a date. */
export function retryAfterMs(header: string | null, now: Millis): number {
  if (header === null) return 0;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? 0 : Math.min(Math.max(ms, 0), WAIT_MAX_MS);
}

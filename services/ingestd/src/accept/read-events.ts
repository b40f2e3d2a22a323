/** From the body of a request to its events, each on its own: a bad line costs one event. */
import { isAscii, isUtf8 } from 'node:buffer';
import type { AcceptedDocument } from './durable.ts';
import { isRefusal, readDocument, type RawEvent, type ReadContext } from './read-document.ts';
import type { PositionedRefusal, Refusal } from './refusal.ts';

export interface EventLimits {
  eventsMax: number;
  eventBytesMax: number;
}

export interface Events {
  documents: AcceptedDocument[];
  /** Of each document. */
  positions: number[];
  refused: PositionedRefusal[];
}

/** The request as a whole cannot be used. */
export type Unusable = 'tooManyEvents' | 'notJson' | 'notUtf8';

export type EventsReading = Events | Unusable;

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

export function readNdjson(body: Buffer, limits: EventLimits, context: ReadContext): EventsReading {
  const intake = createIntake(limits, context);
  const allUtf8 = isUtf8(body);
  for (let start = 0; start < body.length;) {
    const found = body.indexOf(LINE_FEED, start);
    const next = found === -1 ? body.length : found;
    const end = body[next - 1] === CARRIAGE_RETURN && next > start ? next - 1 : next;
    if (!isBlank(body, start, end)) {
      if (intake.isFull()) return 'tooManyEvents';
      intake.takeLine(body.subarray(start, end), allUtf8);
    }
    start = next + 1;
  }
  return intake.events;
}

/** An object, or an array of them. */
export function readJson(body: Buffer, limits: EventLimits, context: ReadContext): EventsReading {
  if (!isUtf8(body)) return 'notUtf8';
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString());
  } catch {
    return 'notJson';
  }
  const values: unknown[] = Array.isArray(parsed) ? parsed : [parsed];
  if (values.length > limits.eventsMax) return 'tooManyEvents';
  const intake = createIntake(limits, context);
  for (const value of values) intake.take({ value });
  return intake.events;
}

function createIntake({ eventsMax, eventBytesMax }: EventLimits, context: ReadContext) {
  const events: Events = { documents: [], positions: [], refused: [] };
  const { documents, positions, refused } = events;
  let position = 0;

  function refuse(refusal: Refusal): void {
    refused.push({ position, ...refusal });
    position += 1;
  }

  function takeLine(line: Buffer, isKnownUtf8: boolean): void {
    if (line.length > eventBytesMax) return refuse(tooLarge(eventBytesMax));
    if (!isKnownUtf8 && !isUtf8(line)) return refuse({ code: 'not-utf8', reason: 'the line is not UTF-8' });
    let value: unknown;
    try {
      value = JSON.parse(textOf(line));
    } catch {
      return refuse({ code: 'not-json', reason: 'the line is not JSON' });
    }
    take({ value, line });
  }

  function take(raw: Omit<RawEvent, 'position'>): void {
    const reading = readDocument({ ...raw, position }, context);
    if (isRefusal(reading)) return refuse(reading);
    // What was rewritten may have grown.
    if (reading.line.length > eventBytesMax) return refuse(tooLarge(eventBytesMax));
    documents.push(reading);
    positions.push(position);
    position += 1;
  }

  return { events, takeLine, take, isFull: () => position >= eventsMax };
}

/** Most lines are ASCII, which is read as Latin-1 in a third of the time. */
function textOf(line: Buffer): string {
  return line.toString(isAscii(line) ? 'latin1' : 'utf8');
}

function tooLarge(bytesMax: number): Refusal {
  return { code: 'too-large', reason: `an event may have ${bytesMax} bytes` };
}

function isBlank(body: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const byte = body[at];
    if (byte !== 32 && byte !== 9 && byte !== CARRIAGE_RETURN) return false;
  }
  return true;
}

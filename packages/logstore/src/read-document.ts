/** The one place that says what a store takes, whatever it is made of, and why it does not take the rest. Pure. */
import { hashId, LogDocument, LogEvent, type Id, type Millis } from '@chatwarden/contracts';
import { Compile, type Validator } from 'typebox/compile';
import { dayOf, firstKeptDay, lastOpenDay } from './days.ts';

export interface Window {
  now: Millis;
  keepDays: number;
}

export interface ReadDocument {
  document: LogDocument;
  /** Within a service and a day. */
  id: Id;
  at: Millis;
  day: string;
  /** JSON text, in one line. */
  json: string;
}

export type DocumentReading = ReadDocument | { refused: string };

/** Of moderation every field is counted on, of anything else only what is indexed. */
const ours: Validator = Compile(LogEvent);
const others: Validator = Compile(LogDocument);
/** https://www.elastic.co/docs/reference/ecs/ecs-event#field-event-dataset; a column cannot hold every character. */
const DATASET = /^[\w.-]{1,128}$/;
/** A document of ours is under 4 kB; what is far larger is a mistake, and would slow every search that meets it. */
const DOCUMENT_CHARS_MAX = 256 * 1024;

export function readDocument(event: LogDocument, window: Window): DocumentReading {
  const validator = isModeration(event) ? ours : others;
  if (!validator.Check(event)) return { refused: explain(validator, event) };
  const at = Date.parse(event['@timestamp']);
  if (Number.isNaN(at)) return { refused: '@timestamp is not a time' };
  const day = dayOf(at);
  if (day < firstKeptDay(window.now, window.keepDays)) return { refused: `${day} is older than the kept days` };
  if (day > lastOpenDay(window.now)) return { refused: `${day} is more than a day ahead` };
  const { dataset } = event.event;
  if (dataset !== undefined && !DATASET.test(dataset)) return { refused: 'event.dataset is not a name' };
  const json = JSON.stringify(event);
  if (json.length > DOCUMENT_CHARS_MAX) return { refused: 'the document is too large' };
  return { document: event, id: documentId(event.service.name, event.event.id), at, day, json };
}

const OUR_ID = /^[0-9a-f]{32}$/;

/** An id of ours is the document's id; any other is made into one, and may repeat in another service. */
export function documentId(service: string, eventId: string): Id {
  return OUR_ID.test(eventId) ? eventId : hashId('event.id', service, eventId);
}

/** For an outcome about what may be anything. */
export function givenId(event: unknown): string {
  const id = (event as { event?: { id?: unknown } } | null)?.event?.id;
  return typeof id === 'string' ? id : '';
}

function isModeration(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'chatwarden' in event;
}

function explain(validator: Validator, event: unknown): string {
  const [first] = validator.Errors(event);
  return first ? `not a document: ${first.instancePath || '/'} ${first.message}` : 'not a document';
}

/**
 * The one place that says which documents are taken, at the door and in a store, so that what the door has let through
 * no store refuses. Pure but for a cache.
 */
import { hashId, LogDocument, LogEvent, type Id } from '@chatwarden/contracts';
import { Compile, type Validator } from 'typebox/compile';
import { createEventDays, type DayWindow } from './event-days.ts';

export type DocumentCheck =
  { document: LogDocument; day: string } | { refused: string; because: 'malformed' | 'outsideWindow' };

/** Of moderation every field is counted on, of anything else only what is indexed. */
const ours: Validator = Compile(LogEvent);
const others: Validator = Compile(LogDocument);
/** https://www.elastic.co/docs/reference/ecs/ecs-event#field-event-dataset; a column cannot hold every character. */
const DATASET = /^[\w.-]{1,128}$/;
const OUR_ID = /^[0-9a-f]{32}$/;
const days = createEventDays();

/** `value` is what JSON can hold. */
export function checkDocument(value: unknown, window: DayWindow): DocumentCheck {
  const isOurs = isModeration(value);
  const validator = isOurs ? ours : others;
  if (!validator.Check(value)) return malformed(explain(validator, value));
  const document = value as LogDocument;
  const day = days.dayOf(document['@timestamp']);
  if (day === undefined) return malformed('@timestamp is not a time of RFC 3339');
  if (day < window.first) return outside(`${day} is older than the kept days`);
  if (day > window.last) return outside(`${day} is more than a day ahead`);
  const { dataset } = document.event;
  // That of others was checked with their other fields.
  if (isOurs && dataset !== undefined && !DATASET.test(dataset)) return malformed('event.dataset is not a name');
  return { document, day };
}

/** An id of ours is the document's id; any other is made into one, and may repeat in another service. */
export function documentId(service: string, eventId: string): Id {
  return OUR_ID.test(eventId) ? eventId : hashId('event.id', service, eventId);
}

/** Whether it has the field that only we write, whatever is in it. */
export function isModeration(document: unknown): boolean {
  return typeof document === 'object' && document !== null && 'chatwarden' in document;
}

function malformed(refused: string): DocumentCheck {
  return { refused, because: 'malformed' };
}

function outside(refused: string): DocumentCheck {
  return { refused, because: 'outsideWindow' };
}

function explain(validator: Validator, document: unknown): string {
  const [first] = validator.Errors(document);
  return first ? `not a document: ${first.instancePath || '/'} ${first.message}` : 'not a document';
}

/**
 * One event of a request: checked once, here; what is well as it came goes on as the bytes that came. The result is a
 * document or a reason that its sender can act upon.
 */
import { randomUUID } from 'node:crypto';
import { hashId, LogEvent, type Id } from '@chatwarden/contracts';
import { Compile, type Validator } from 'typebox/compile';
import type { AcceptedDocument } from './durable.ts';
import { EcsDocument } from './ecs-document.ts';
import { isTime, type DayWindow, type EventDays } from './event-days.ts';
import { inspectKeys } from './inspect-keys.ts';
import { nestDotted } from './nest-dotted.ts';
import type { Refusal, RefusalCode } from './refusal.ts';
import type { Sender } from './sender.ts';

export type DocumentReading = AcceptedDocument | Refusal;

export interface ReadContext {
  sender: Sender;
  days: EventDays;
  window: DayWindow;
  /** What the ids of events without one are made of, with their position; random ones without. */
  idempotencyKey?: string;
}

export interface RawEvent {
  value: unknown;
  /** The bytes of `value`; absent when it has none of its own. */
  line?: Buffer;
  position: number;
}

const ours: Validator = Compile(LogEvent);
const theirs: Validator = Compile(EcsDocument);
const OUR_ID = /^[0-9a-f]{32}$/;

export function isRefusal(reading: DocumentReading): reading is Refusal {
  return 'code' in reading;
}

export function readDocument({ value, line, position }: RawEvent, context: ReadContext): DocumentReading {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse('not-a-document', 'an event is a JSON object');
  }
  const found = inspectKeys(value);
  if (found === 'forbidden') return refuse('forbidden-key', '__proto__ is no name of a field');
  if (found === 'deep') return refuse('too-deep', 'objects are nested too deep');
  if (found === 'plain') return checkDocument(value, { line, position, context });
  const nesting = nestDotted(value);
  if ('problem' in nesting) return refuse('not-a-document', nesting.problem);
  return checkDocument(nesting.document, { line: undefined, position, context });
}

interface Given {
  line: Buffer | undefined;
  position: number;
  context: ReadContext;
}

function checkDocument(value: object, given: Given): DocumentReading {
  const { sender, days, window } = given.context;
  const isOurs = 'chatwarden' in value;
  const validator = isOurs ? ours : theirs;
  if (!validator.Check(value)) return refuse('not-a-document', explain(validator, value));
  const document = value as EcsDocument;
  const service = document.service.name;
  if (!sender.mayWrite(service)) return refuse('service-not-allowed', `the key is not for the service ${service}`);
  if (isOurs && !sender.mayModerate) return refuse('service-not-allowed', 'the key may not write the field chatwarden');
  const day = days.dayOf(document['@timestamp']);
  if (day === undefined) return refuse('not-a-document', '@timestamp is not a time of RFC 3339');
  if (day < window.first) return refuse('outside-window', `${day} is older than the kept days`);
  if (day > window.last) return refuse('outside-window', `${day} is more than a day ahead`);
  const { event } = document;
  if (event?.created !== undefined && !isTime(event.created)) return refuseTime('event.created');
  if (event?.ingested !== undefined && !isTime(event.ingested)) return refuseTime('event.ingested');
  const { id, line } = identify(document, given);
  return { id, service, day, line };
}

/** The document's id, and its bytes, in which an event that had no id has one. */
function identify(document: EcsDocument, { line, position, context }: Given): { id: Id; line: Buffer } {
  const given = document.event?.id;
  if (given !== undefined) {
    return { id: OUR_ID.test(given) ? given : hashId('event.id', given), line: line ?? toLine(document) };
  }
  const { idempotencyKey, sender } = context;
  const id =
    idempotencyKey === undefined
      ? randomUUID().replaceAll('-', '')
      : hashId('position', sender.id, idempotencyKey, position);
  if (line === undefined || document.event)
    return { id, line: toLine({ ...document, event: { ...document.event, id } }) };
  return { id, line: insertId(line, id) };
}

function insertId(line: Buffer, id: Id): Buffer {
  const afterBrace = line.indexOf('{') + 1;
  return Buffer.concat([Buffer.from(`{"event":{"id":"${id}"},`), line.subarray(afterBrace)]);
}

function toLine(document: object): Buffer {
  return Buffer.from(JSON.stringify(document));
}

function explain(validator: Validator, value: unknown): string {
  const [first] = validator.Errors(value);
  return first ? `${first.instancePath || '/'} ${first.message}` : 'not a document';
}

function refuseTime(field: string): Refusal {
  return refuse('not-a-document', `${field} is not a time of RFC 3339`);
}

function refuse(code: RefusalCode, reason: string): Refusal {
  return { code, reason };
}

/**
 * One event of a request: checked once, here; what is well as it came goes on as the bytes that came. The result is a
 * document or a reason that its sender can act upon.
 */
import { randomUUID } from 'node:crypto';
import { hashId, type Id } from '@chatwarden/contracts';
import { checkDocument, documentId, isModeration, type DayWindow } from '@chatwarden/logstore';
import type { AcceptedDocument } from './durable.ts';
import { inspectKeys } from './inspect-keys.ts';
import { nestDotted } from './nest-dotted.ts';
import type { Refusal, RefusalCode } from './refusal.ts';
import type { Sender } from './sender.ts';

export type DocumentReading = AcceptedDocument | Refusal;

export interface ReadContext {
  sender: Sender;
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

export function isRefusal(reading: DocumentReading): reading is Refusal {
  return 'code' in reading;
}

export function readDocument({ value, line, position }: RawEvent, context: ReadContext): DocumentReading {
  if (!isFields(value)) return refuse('not-a-document', 'an event is a JSON object');
  const found = inspectKeys(value);
  if (found === 'forbidden') return refuse('forbidden-key', '__proto__ is no name of a field');
  if (found === 'deep') return refuse('too-deep', 'objects are nested too deep');
  if (found === 'plain') return readFields(value, { line, position, context });
  const nesting = nestDotted(value);
  if ('problem' in nesting) return refuse('not-a-document', nesting.problem);
  return readFields(nesting.document, { line: undefined, position, context });
}

type Fields = Record<string, unknown>;

const CODES = { malformed: 'not-a-document', outsideWindow: 'outside-window' } as const;

interface Given {
  line: Buffer | undefined;
  position: number;
  context: ReadContext;
}

function readFields(value: Fields, given: Given): DocumentReading {
  const { sender, window } = given.context;
  const line = identify(value, given);
  const check = checkDocument(value, window);
  if ('refused' in check) return refuse(CODES[check.because], check.refused);
  const { document, day } = check;
  const service = document.service.name;
  if (!sender.mayWrite(service)) return refuse('service-not-allowed', `the key is not for the service ${service}`);
  if (!sender.mayModerate && isModeration(document)) {
    return refuse('service-not-allowed', 'the key may not write the field chatwarden');
  }
  return { id: documentId(service, document.event.id), service, day, line: line ?? toLine(document) };
}

/** Gives an event without an id one. Its bytes, when there is no need to write them anew. */
function identify(value: Fields, { line, position, context }: Given): Buffer | undefined {
  const { event } = value;
  if (event === undefined) {
    const id = makeId(position, context);
    value['event'] = { id };
    return line && insertId(line, id);
  }
  // Of anything else that is no object, the sender is told.
  if (!isFields(event) || event['id'] !== undefined) return line;
  event['id'] = makeId(position, context);
  return undefined;
}

function makeId(position: number, { sender, idempotencyKey }: ReadContext): Id {
  if (idempotencyKey === undefined) return randomUUID().replaceAll('-', '');
  return hashId('position', sender.id, idempotencyKey, position);
}

function insertId(line: Buffer, id: Id): Buffer {
  const afterBrace = line.indexOf('{') + 1;
  return Buffer.concat([Buffer.from(`{"event":{"id":"${id}"},`), line.subarray(afterBrace)]);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toLine(document: object): Buffer {
  return Buffer.from(JSON.stringify(document));
}

function refuse(code: RefusalCode, reason: string): Refusal {
  return { code, reason };
}

/** A document as a store writes it, or why it does not. Pure. */
import type { Id, LogDocument, Millis } from '@chatwarden/contracts';
import { checkDocument, documentId } from './check-document.ts';
import { dayWindow } from './event-days.ts';

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

/** A document of ours is under 4 kB; what is far larger is a mistake, and would slow every search that meets it. */
const DOCUMENT_CHARS_MAX = 256 * 1024;

export function readDocument(event: LogDocument, { now, keepDays }: Window): DocumentReading {
  const check = checkDocument(event, dayWindow(now, keepDays));
  if ('refused' in check) return { refused: check.refused };
  const { document, day } = check;
  const json = JSON.stringify(document);
  if (json.length > DOCUMENT_CHARS_MAX) return { refused: 'the document is too large' };
  const at = Date.parse(document['@timestamp']);
  return { document, id: documentId(document.service.name, document.event.id), at, day, json };
}

/** For an outcome about what may be anything. */
export function givenId(event: unknown): string {
  const id = (event as { event?: { id?: unknown } } | null)?.event?.id;
  return typeof id === 'string' ? id : '';
}

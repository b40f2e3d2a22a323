import type { LogDocument } from '@chatwarden/contracts';
import { logIndex, type RawDocument } from '../documents.ts';
import { givenId, readDocument, type Window } from '../read-document.ts';

export type RawReading = { given: string; document: RawDocument } | { given: string; refused: string };

export function toRawDocument(event: LogDocument, window: Window, prefix: string): RawReading {
  const given = givenId(event);
  const reading = readDocument(event, window);
  if ('refused' in reading) return { given, refused: reading.refused };
  const { id, day, json, document } = reading;
  return { given, document: { id, index: logIndex(document.service.name, day, prefix), line: Buffer.from(json) } };
}

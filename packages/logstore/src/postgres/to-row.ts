/** What stands in the columns of `journal` beside the document, and why a document is not written. Pure. */
import type { Id, LogDocument } from '@chatwarden/contracts';
import { levelOf } from '../level.ts';
import { givenId, readDocument, type Window } from '../read-document.ts';
import { searchWords } from '../words.ts';

export interface JournalRow {
  day: string;
  id: Id;
  at: string;
  /** JSON text. */
  document: string;
  words: string[];
  group_id: string | null;
  dataset: string;
  band: string | null;
  stage: string | null;
  action_kind: string | null;
  weight: number;
  service: string;
  level: string;
}

export type RowReading = { given: string; row: JournalRow } | { given: string; refused: string };

export function toRow(event: LogDocument, window: Window): RowReading {
  const given = givenId(event);
  const reading = readDocument(event, window);
  if ('refused' in reading) return { given, refused: reading.refused };
  const { day, id, at, json } = reading;
  return { given, row: { day, id, at: new Date(at).toISOString(), document: json, ...columnsOf(event) } };
}

function columnsOf(event: LogDocument): Omit<JournalRow, 'day' | 'at' | 'document' | 'id'> {
  const { chatwarden } = event;
  return {
    words: searchWords(event),
    group_id: chatwarden?.groupId ?? null,
    dataset: event.event.dataset ?? '',
    band: chatwarden?.band ?? null,
    stage: chatwarden?.stage ?? null,
    action_kind: chatwarden?.actionKind ?? null,
    weight: chatwarden?.weight ?? 1,
    service: event.service.name,
    level: levelOf(event.log?.level),
  };
}

/** What stands in the columns of `journal` beside the document, and why a document is not written. Pure. */
import { LogEvent, type Id, type Millis } from '@chatwarden/contracts';
import { Compile } from 'typebox/compile';
import { dayOf, firstKeptDay, lastOpenDay } from './days.ts';
import { searchWords } from './words.ts';

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
}

export interface Window {
  now: Millis;
  keepDays: number;
}

export type RowReading = { row: JournalRow } | { id: string; refused: string };

const document = Compile(LogEvent);
/** https://www.elastic.co/docs/reference/ecs/ecs-event#field-event-dataset; a column cannot hold every character. */
const DATASET = /^[\w.-]{1,128}$/;
/** A document of ours is under 4 kB; what is far larger is a mistake, and would slow every search that meets it. */
const DOCUMENT_CHARS_MAX = 256 * 1024;

export function toRow(event: LogEvent, window: Window): RowReading {
  const refuse = (refused: string): RowReading => ({ id: idOf(event), refused });
  if (!document.Check(event)) return refuse(explain(event));
  const atMs = Date.parse(event['@timestamp']);
  if (Number.isNaN(atMs)) return refuse('@timestamp is not a time');
  const day = dayOf(atMs);
  if (day < firstKeptDay(window.now, window.keepDays)) return refuse(`${day} is older than the kept days`);
  if (day > lastOpenDay(window.now)) return refuse(`${day} is more than a day ahead`);
  if (!DATASET.test(event.event.dataset)) return refuse('event.dataset is not a name');
  const json = JSON.stringify(event);
  if (json.length > DOCUMENT_CHARS_MAX) return refuse('the document is too large');
  return { row: { day, at: new Date(atMs).toISOString(), document: json, ...columnsOf(event) } };
}

function columnsOf(event: LogEvent): Omit<JournalRow, 'day' | 'at' | 'document'> {
  const { chatwarden } = event;
  return {
    id: event.event.id,
    words: searchWords(event),
    group_id: chatwarden?.groupId ?? null,
    dataset: event.event.dataset,
    band: chatwarden?.band ?? null,
    stage: chatwarden?.stage ?? null,
    action_kind: chatwarden?.actionKind ?? null,
    weight: chatwarden?.weight ?? 1,
  };
}

function explain(event: unknown): string {
  const [first] = document.Errors(event);
  return first ? `not a document: ${first.instancePath || '/'} ${first.message}` : 'not a document';
}

function idOf(event: unknown): string {
  const id = (event as { event?: { id?: unknown } } | null)?.event?.id;
  return typeof id === 'string' ? id : '';
}

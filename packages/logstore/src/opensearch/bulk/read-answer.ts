/**
 * What an answer to a bulk request means for each of its documents. Pure. The rule: only what OpenSearch itself says
 * about a document refuses it. Everything that may pass (overload, absence, a full disk, missing rights, a proxy that
 * speaks up) means: keep it and try again.
 */
import type { Answer } from '../connection.ts';

/** `overload`: send less. `away`: no sensible answer. `operator`: somebody has to do something, so say it loudly. */
export type Because = 'overload' | 'away' | 'operator';

export interface Again {
  result: 'again';
  because: Because;
  reason: string;
}

export type ItemAnswer = { result: 'created' | 'duplicate' } | { result: 'refused'; reason: string } | Again;

export type BulkAnswer =
  | { result: 'items'; items: ItemAnswer[] }
  /** Too large, or one document spoils it: to be halved until the one is found. */
  | { result: 'halve'; tooLarge: boolean; reason: string }
  | Again;

interface BulkError {
  type?: string;
  reason?: string;
  caused_by?: { type?: string; reason?: string };
}

interface BulkItem {
  status?: number;
  error?: BulkError;
}

/** Keeps the answer small: what a retry and a dead letter need. */
export const FILTER_PATH =
  'errors,items.*.status,items.*.error.type,items.*.error.reason,items.*.error.caused_by.reason';

export function readAnswer({ status, text }: Answer, documents: number): BulkAnswer {
  if (status >= 200 && status < 300) return readItems(text, documents);
  const error = readError(text);
  const reason = error ? reasonOf(error) : `HTTP ${status}: ${text.slice(0, 200)}`;
  if (status === 413) return { result: 'halve', tooLarge: true, reason };
  // A 400 that is not OpenSearch's own comes from what stands in between, and says nothing about a document.
  if (status === 400 && error) return { result: 'halve', tooLarge: false, reason };
  if (status === 429) return { result: 'again', because: 'overload', reason };
  if (status >= 500) return { result: 'again', because: status === 503 ? 'overload' : 'away', reason };
  return { result: 'again', because: 'operator', reason };
}

/** A cut or unreadable answer leaves open what was written; sent again, what is there already will say so. */
function readItems(text: string, documents: number): BulkAnswer {
  const answer = parse(text) as { items?: unknown } | undefined;
  const items = answer?.items;
  if (!Array.isArray(items) || items.length !== documents) return unreadable(text);
  const read: ItemAnswer[] = [];
  for (const item of items as { create?: BulkItem }[]) {
    if (typeof item?.create?.status !== 'number') return unreadable(text);
    read.push(readItem(item.create.status, item.create.error ?? {}));
  }
  return { result: 'items', items: read };
}

function unreadable(text: string): Again {
  return { result: 'again', because: 'away', reason: `an unreadable answer of ${text.length} characters` };
}

function readItem(status: number, error: BulkError): ItemAnswer {
  if (status === 200 || status === 201) return CREATED;
  if (status === 409) return DUPLICATE;
  const reason = reasonOf(error, status);
  // A full disk (flood stage) or a closed door for writing: of the index, not of the document.
  if (error.type === 'cluster_block_exception') return { result: 'again', because: 'operator', reason };
  if (status === 401 || status === 403 || isFullOfShards(error))
    return { result: 'again', because: 'operator', reason };
  if (status === 429) return { result: 'again', because: 'overload', reason };
  if (status >= 500) return { result: 'again', because: status === 503 ? 'overload' : 'away', reason };
  return { result: 'refused', reason };
}

const CREATED: ItemAnswer = { result: 'created' };
const DUPLICATE: ItemAnswer = { result: 'duplicate' };

/** A new day's index would exceed cluster.max_shards_per_node; the status is 400, but the document is good. */
function isFullOfShards({ type, reason = '' }: BulkError): boolean {
  return type === 'validation_exception' && reason.includes('maximum') && reason.includes('shards');
}

/** OpenSearch quotes a piece of the value, which may be anybody's text; the second time as the numbers of its bytes. */
const PREVIEW = /\.? *(?:Preview of field's value: '[^]*'|The prefix of the first immense term is: '[^']*')/g;

function reasonOf({ type, reason, caused_by: cause }: BulkError, status?: number): string {
  const parts = [type ?? `HTTP ${status}`, reason, cause?.reason].filter((part) => part !== undefined);
  return parts.join(': ').replace(PREVIEW, '').slice(0, REASON_CHARS_MAX);
}

const REASON_CHARS_MAX = 1000;

function readError(text: string): BulkError | undefined {
  const error = (parse(text) as { error?: unknown } | undefined)?.error;
  if (typeof error !== 'object' || error === null) return undefined;
  return typeof (error as BulkError).type === 'string' ? error : undefined;
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

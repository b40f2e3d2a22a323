/** A cursor names a position in the order of documents. Opaque to callers, so that its form may change. */
import { Failure, type Millis } from '@chatwarden/contracts';

/** @timestamp first, then what tells documents of one millisecond apart. */
export interface Position {
  at: Millis;
  id: string;
  service: string;
}

const ID_CHARS_MAX = 512;
/** What a Date can hold (ECMA-262, 21.4.1.1). */
const MILLIS_MAX = 8.64e15;

export function encodeCursor({ at, id, service }: Position): string {
  return Buffer.from(JSON.stringify([at, id, service])).toString('base64url');
}

/** Throws Failure `badCursor` (never) for what `encodeCursor` did not make. */
export function decodeCursor(cursor: string): Position {
  const [at, id, service] = parse(cursor);
  if (!Number.isInteger(at) || Math.abs(Number(at)) > MILLIS_MAX || !isText(id) || !isText(service)) {
    throw new Failure('badCursor', 'never', { message: 'the cursor is not one that a page before has given' });
  }
  return { at: Number(at), id, service };
}

function parse(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= ID_CHARS_MAX;
}

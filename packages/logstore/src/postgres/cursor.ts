/** A cursor names the last document of a page. Opaque to callers, so that its form may change. */
import { Failure, type Id, type Millis } from '@chatwarden/contracts';

export interface Position {
  at: Millis;
  id: Id;
}

const FORM = /^(-?\d{1,16})\.([0-9a-f]{32})$/;

export function encodeCursor({ at, id }: Position): string {
  return Buffer.from(`${at}.${id}`).toString('base64url');
}

/** Throws Failure `badCursor` (never) for what `encodeCursor` did not make. */
export function decodeCursor(cursor: string): Position {
  const [, at, id] = FORM.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (at === undefined || id === undefined || Math.abs(Number(at)) > MILLIS_MAX) {
    throw new Failure('badCursor', 'never', { message: 'the cursor is not one that a page before has given' });
  }
  return { at: Number(at), id };
}

/** What a Date can hold (ECMA-262, 21.4.1.1). */
const MILLIS_MAX = 8.64e15;

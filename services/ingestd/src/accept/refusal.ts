/** Why one event was not taken, while the rest of its request was. */
import { Type } from 'typebox';

/** For programs; `reason` beside it is for people. */
export const RefusalCode = Type.Enum([
  'not-json',
  'not-utf8',
  'not-a-document',
  'forbidden-key',
  'too-deep',
  'too-large',
  'outside-window',
  'service-not-allowed',
  'refused-by-store',
]);
export type RefusalCode = (typeof RefusalCode.enum)[number];

export interface Refusal {
  code: RefusalCode;
  reason: string;
}

export interface PositionedRefusal extends Refusal {
  /** 0 is the request's first event; empty lines are none. */
  position: number;
}

/** What tells that a text was said before. */
import { fingerprintDistance } from '../prepare/fingerprint.ts';
import type { Prepared } from '../prepared.ts';
import { hash } from './payload.ts';

/** Of 64 bits: texts that differ in a word or a number. */
const NEAR_BITS = 8;
/** Unrelated texts differ in about half of the bits. */
const FAR_BITS = 16;

/** Fewer letters are a greeting or a yes. */
const LETTERS_MIN = 6;

/**
 * What tells a repetition of one sender: the fingerprint, or for texts too short for one a hash that only the very same
 * text has.
 */
export function repeatKeyOf({ fingerprint, folded }: Prepared): string | undefined {
  if (fingerprint !== undefined) return fingerprint;
  return folded.facts.letters < LETTERS_MIN ? undefined : hash(folded.text) + hash(folded.text, 0x9e3779b9);
}

export function isNear(a: string, b: string): boolean {
  return fingerprintDistance(a, b) <= NEAR_BITS;
}

/** Another text altogether; a key is absent for texts of a few letters. */
export function isFar(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return a !== b;
  return fingerprintDistance(a, b) > FAR_BITS;
}

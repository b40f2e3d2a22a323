/**
 * Near-duplicate fingerprint: SimHash over words and pairs of words. Texts that differ in a word or a number differ in a
 * few of the 64 bits, unrelated ones in about half. Source: Charikar, Similarity estimation techniques from rounding
 * algorithms, 2002.
 */
import type { Folded } from '../prepared.ts';
import { DIGIT, FIRST_LETTER, KIND, SCRIPT_MARK } from './code-points.ts';

/** Below these a text is too poor: honest short answers would be alike. */
const LETTERS_MIN = 24;
const DISTINCT_MIN = 6;
/** Telegram's own limit of a message. */
const READ_MAX = 4096;
/** Thai, Han and kana are written without spaces: two neighbours are their word. */
const UNSPACED_FIRST = FIRST_LETTER + 6;
const UNSPACED_LAST = FIRST_LETTER + 8;

export function fingerprintOf({ text, facts }: Folded): string | undefined {
  if (facts.letters < LETTERS_MIN) return undefined;
  const hashes = wordHashes(text);
  if (new Set(hashes).size < DISTINCT_MIN) return undefined;
  const first = new Int32Array(PLANES);
  const second = new Int32Array(PLANES);
  let votes = 0;
  let before = 0;
  const vote = (hash: number): void => {
    count(first, hash);
    count(second, mix(hash ^ 0x5bd1e995));
    votes += 1;
  };
  for (const hash of hashes) {
    vote(hash);
    if (before !== 0) vote(mix(before ^ Math.imul(hash, 31)));
    before = hash;
  }
  return majorityOf(first, votes) + majorityOf(second, votes);
}

/** How many of the 64 bits differ. */
export function fingerprintDistance(a: string, b: string): number {
  let distance = 0;
  for (let at = 0; at < 16; at += 8) {
    let bits = (Number.parseInt(a.slice(at, at + 8), 16) ^ Number.parseInt(b.slice(at, at + 8), 16)) >>> 0;
    for (; bits !== 0; bits &= bits - 1) distance += 1;
  }
  return distance;
}

/** One hash per word; a number counts by its place only, so that "300 a day" and "500 a day" are the same. */
function wordHashes(text: string): number[] {
  const hashes: number[] = [];
  const end = Math.min(text.length, READ_MAX);
  let hash = 0;
  let before = 0;
  for (let at = 0; at <= end; at++) {
    const unit = at < end ? text.charCodeAt(at) : 0x20;
    const kind = KIND[unit] ?? 0;
    if (kind >= UNSPACED_FIRST && kind <= UNSPACED_LAST) {
      hashes.push(mix(Math.imul(before, 0x01000193) ^ unit));
      before = unit;
    } else if (kind >= FIRST_LETTER || kind === SCRIPT_MARK)
      hash = Math.imul((hash === 0 ? SEED : hash) ^ unit, 0x01000193);
    else if (kind === DIGIT) hash = hash === 0 ? NUMBER : hash;
    else {
      if (hash !== 0) hashes.push(mix(hash));
      hash = 0;
    }
  }
  return hashes;
}

const SEED = 0x811c9dc5;
const NUMBER = 0x3c6ef372;

/** Votes are words and pairs of them: at most two for each code unit that is read. */
const PLANES = Math.ceil(Math.log2(2 * READ_MAX)) + 1;

/**
 * Adds 32 votes at once: plane n holds digit n of 32 binary counters, so a vote is an addition with carry that seldom
 * goes far.
 */
function count(planes: Int32Array, hash: number): void {
  for (let plane = 0, carry = hash; carry !== 0; plane++) {
    const digits = planes[plane] ?? 0;
    planes[plane] = digits ^ carry;
    carry &= digits;
  }
}

/** The bits that more than half of the votes have. */
function majorityOf(planes: Int32Array, votes: number): string {
  let bits = 0;
  for (let bit = 0; bit < 32; bit++) {
    let ones = 0;
    for (let plane = 0; plane < PLANES; plane++) ones += (((planes[plane] ?? 0) >>> bit) & 1) << plane;
    if (2 * ones > votes) bits |= 1 << bit;
  }
  return (bits >>> 0).toString(16).padStart(8, '0');
}

/** The finaliser of MurmurHash3. */
function mix(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

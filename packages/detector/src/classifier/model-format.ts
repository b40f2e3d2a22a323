/**
 * The bytes of a model: magic, id, length of the header, header (JSON), table of weights (two signed bytes a bucket), set
 * of known words (one bit a hash). Numbers are little-endian. The id is a hash of all that follows it, so that a model
 * is named by what it is, and a damaged file is noticed.
 */
import { BUCKET_BITS, BUCKETS } from './features.ts';
import type { ScriptGroup } from './script-group.ts';

export interface GroupFit {
  /** Platt scaling: log-odds = slope * score + offset. */
  slope: number;
  offset: number;
}

export interface ModelHeader {
  format: 2;
  bucketBits: number;
  /** A weight is its table entry times this. */
  scale: number;
  intercept: number;
  /** The share of spam at which the log-odds are calibrated. */
  prior: number;
  /** Only groups with enough training text; the model does not cover the others. */
  groups: Partial<Record<ScriptGroup, GroupFit>>;
  /** In words, for people: corpora and numbers of messages. */
  trainedOn: string;
}

export interface ModelParts {
  header: ModelHeader;
  /** `BUCKETS` entries. */
  table: Int16Array;
  /** `KNOWN_WORDS / 8` bytes. */
  known: Uint8Array;
}

const KNOWN_BITS = 18;
const KNOWN_WORDS = 2 ** KNOWN_BITS;
export const KNOWN_BYTES = KNOWN_WORDS / 8;

export function isKnown(known: Uint8Array, word: number): boolean {
  const slot = word >>> (32 - KNOWN_BITS);
  return ((known[slot >>> 3] ?? 0) & (1 << (slot & 7))) !== 0;
}

export function addKnown(known: Uint8Array, word: number): void {
  const slot = word >>> (32 - KNOWN_BITS);
  known[slot >>> 3] = (known[slot >>> 3] ?? 0) | (1 << (slot & 7));
}

const TABLE_BYTES = 2 * BUCKETS;
const MAGIC = 'CHATWARDEN-MODEL';
const ID_LENGTH = 16;
const ID_END = MAGIC.length + ID_LENGTH;
const HEADER_START = ID_END + 4;

export function encodeModel({ header, table, known }: ModelParts): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const tableStart = HEADER_START + json.length;
  const bytes = new Uint8Array(tableStart + TABLE_BYTES + KNOWN_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(ID_END, json.length, true);
  bytes.set(json, HEADER_START);
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    view.setInt16(tableStart + 2 * bucket, table[bucket] ?? 0, true);
  }
  bytes.set(known, tableStart + TABLE_BYTES);
  bytes.set(new TextEncoder().encode(MAGIC + contentHash(bytes.subarray(ID_END))), 0);
  return bytes;
}

/** @throws Error that says what is wrong with the bytes. */
export function readModelParts(bytes: Uint8Array): ModelParts & { id: string } {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, ID_END));
  if (!start.startsWith(MAGIC)) throw new Error('not a model file: it does not begin as one');
  const id = start.slice(MAGIC.length);
  if (contentHash(bytes.subarray(ID_END)) !== id)
    throw new Error(`damaged model file: its content is not that of ${id}`);
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(ID_END, true);
  const tableStart = HEADER_START + headerLength;
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(HEADER_START, tableStart))) as ModelHeader;
  if (header.format !== 2 || header.bucketBits !== BUCKET_BITS) {
    throw new Error(`model ${id} is of format ${header.format} with 2^${header.bucketBits} buckets: train it again`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + tableStart, TABLE_BYTES);
  return {
    id,
    header,
    table: Int16Array.from({ length: BUCKETS }, (_, bucket) => view.getInt16(2 * bucket, true)),
    // A copy of its own memory: a Buffer's slice would still be a part of a pool.
    known: new Uint8Array(bytes.subarray(tableStart + TABLE_BYTES)),
  };
}

/** Two independent FNV-1a hashes of 32 bits as 16 hex digits: enough to name a file, no defence against forgery. */
function contentHash(bytes: Uint8Array): string {
  let a = 0x811c9dc5;
  let b = 0x050c5d1f;
  for (const byte of bytes) {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x5bd1e995) ^ (b >>> 15);
  }
  return [a, b].map((hash) => (hash >>> 0).toString(16).padStart(8, '0')).join('');
}

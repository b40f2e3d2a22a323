/**
 * Attributes of OTLP as a flat object. Anybody with a key may send anything: names, values and their number are bounded, so
 * that no span outgrows its document, and what was cut off is counted. Lists stay lists of plain values; what is nested
 * deeper becomes its JSON text.
 */
import type { SpanAttribute, SpanAttributes } from '@chatwarden/logstore';
import { bigOf, fieldsOf, listOf, textOf } from './read-value.ts';

export const ATTRIBUTES_MAX = 128;
const NAME_MAX_CHARS = 256;
/** With its name far below the 32,766 bytes that a term of Lucene may have. */
const VALUE_MAX_CHARS = 4096;
const LIST_MAX = 64;
const DEPTH_MAX = 8;

export interface ReadAttributes {
  attributes: SpanAttributes;
  /** How many were left out. */
  dropped: number;
}

export function toAttributes(keyValues: unknown): ReadAttributes {
  const attributes = new Map<string, SpanAttribute>();
  let dropped = 0;
  for (const entry of listOf(keyValues)) {
    const { key, value } = fieldsOf(entry);
    const name = textOf(key, NAME_MAX_CHARS);
    const read = toAttribute(value);
    // The specification leaves open which of two equal names counts; the first one, here.
    if (name === '' || read === undefined || attributes.has(name) || attributes.size >= ATTRIBUTES_MAX) dropped += 1;
    else attributes.set(name, read);
  }
  return { attributes: Object.fromEntries(attributes), dropped };
}

function toAttribute(value: unknown): SpanAttribute | undefined {
  const { arrayValue } = fieldsOf(value);
  if (arrayValue === undefined || arrayValue === null) return toScalar(value, 0);
  const items = listOf(fieldsOf(arrayValue)['values']).slice(0, LIST_MAX);
  const scalars = items.map((item) => toScalar(item, 1)).filter((item) => item !== undefined);
  // A list of mixed types would be refused by an index that has types.
  const types = new Set(scalars.map((item) => typeof item));
  return types.size > 1 ? scalars.map(String) : scalars;
}

function toScalar(value: unknown, depth: number): string | number | boolean | undefined {
  const plain = toPlain(value, depth);
  if (typeof plain === 'object' && plain !== null) return JSON.stringify(plain).slice(0, VALUE_MAX_CHARS);
  return plain;
}

type Plain = string | number | boolean | undefined | readonly Plain[] | { readonly [name: string]: Plain };

function toPlain(value: unknown, depth: number): Plain {
  const fields = fieldsOf(value);
  // A oneof: at most one is set. Only own properties count, for a decoded message inherits the defaults of all.
  const name = Object.keys(fields).find((key) => key in READERS && fields[key] !== null);
  if (name === undefined || depth > DEPTH_MAX) return undefined;
  return READERS[name as keyof typeof READERS](fields[name], depth);
}

const READERS = {
  stringValue: (value: unknown): Plain => textOf(value, VALUE_MAX_CHARS),
  boolValue: (value: unknown): Plain => value === true,
  intValue: (value: unknown): Plain => toNumber(bigOf(value)),
  doubleValue: (value: unknown): Plain => (Number.isFinite(Number(value)) ? Number(value) : String(value)),
  bytesValue: (value: unknown): Plain =>
    value instanceof Uint8Array
      ? Buffer.from(value).toString('base64').slice(0, VALUE_MAX_CHARS)
      : textOf(value, VALUE_MAX_CHARS),
  arrayValue: (value: unknown, depth: number): Plain =>
    listOf(fieldsOf(value)['values'])
      .slice(0, LIST_MAX)
      .map((item) => toPlain(item, depth + 1)),
  kvlistValue: (value: unknown, depth: number): Plain =>
    Object.fromEntries(
      listOf(fieldsOf(value)['values'])
        .slice(0, LIST_MAX)
        .map((item) => [textOf(fieldsOf(item)['key'], NAME_MAX_CHARS), toPlain(fieldsOf(item)['value'], depth + 1)]),
    ),
};

function toNumber(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

/**
 * Values as both encodings of OTLP give them: ids are bytes or hexadecimal digits, 64-bit numbers are Longs, strings or
 * numbers. What is missing or of another type reads as its default, as protobuf has it.
 * Source: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Well-formed, and cut to `max` characters. */
export function textOf(value: unknown, max: number): string {
  return typeof value === 'string' ? value.slice(0, max).toWellFormed() : '';
}

/** Lower-case hexadecimal digits; empty for an id of zeros, which by W3C is none, and for what is not `bytes` long. */
export function idOf(value: unknown, bytes: number): string {
  const hex =
    value instanceof Uint8Array ? Buffer.from(value).toString('hex') : textOf(value, bytes * 2 + 1).toLowerCase();
  return hex.length === bytes * 2 && /^[0-9a-f]+$/.test(hex) && !/^0+$/.test(hex) ? hex : '';
}

export function isAbsentId(value: unknown): boolean {
  return value === undefined || value === null || (value as { length?: number }).length === 0;
}

/** 0 for what is no whole number. */
export function bigOf(value: unknown): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : 0n;
  if (typeof value === 'string') return /^-?\d{1,20}$/.test(value) ? BigInt(value) : 0n;
  const { high, low, unsigned } = fieldsOf(value);
  if (typeof high !== 'number' || typeof low !== 'number') return 0n;
  const bits = (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
  return unsigned === true ? bits : BigInt.asIntN(64, bits);
}

/** A count of at most 32 bits. */
export function countOf(value: unknown): number {
  const count = Number(value ?? 0);
  return Number.isInteger(count) && count > 0 ? Math.min(count, 0xffff_ffff) : 0;
}

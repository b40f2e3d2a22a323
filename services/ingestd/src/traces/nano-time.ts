/** Times of OTLP: nanoseconds since the epoch in 64 bits, more than a double holds. */
const NANOS_PER_SECOND = 1_000_000_000n;
/** The last date_nanos of OpenSearch, in the year 2262: a signed 64-bit number. */
const NANOS_MAX = 9_223_372_036_854_775_807n;

/** RFC 3339 with nine digits of a second; null for what is no time that can be stored. */
export function toNanoTime(nanos: bigint): string | null {
  if (nanos <= 0n || nanos > NANOS_MAX) return null;
  const seconds = new Date(Number(nanos / NANOS_PER_SECOND) * 1000).toISOString().slice(0, 19);
  return `${seconds}.${String(nanos % NANOS_PER_SECOND).padStart(9, '0')}Z`;
}

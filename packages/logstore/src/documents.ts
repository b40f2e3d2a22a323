/** Documents as the lines that are indexed: what was checked once need not be taken apart and built again. */
import type { ItemOutcome } from './log-store.ts';

export interface RawDocument {
  /** The document's id in its index. */
  id: string;
  /** Such as `logs-alertd-2026.11.24`. */
  index: string;
  /** One JSON object, without a line feed. */
  line: Uint8Array;
}

export interface DocumentSink {
  /**
   * Creates each document once; what is there already is `duplicate`. Documents that can never be written are `refused`
   * with the store's own reason, and cost no other. Overload and absence are waited for until `signal` aborts; then it
   * rejects with a Failure (later). One outcome per document, in order.
   */
  writeDocuments(documents: readonly RawDocument[], signal: AbortSignal): Promise<ItemOutcome[]>;
}

/** Index of a service's day; `day` is `YYYY-MM-DD`. */
export function logIndex(service: string, day: string, prefix = ''): string {
  return `${prefix}logs-${service}-${day.replaceAll('-', '.')}`;
}

/** Matches the names that logIndex makes, and not what others call `logs-`. */
export function logIndices(prefix = ''): string {
  return `${prefix}logs-*-20*.*.*`;
}

const DAY = /-(\d{4})\.(\d\d)\.(\d\d)$/;

/** Day of a name that logIndex made; undefined for any other. */
export function dayOfIndex(index: string): string | undefined {
  const [, year, month, day] = DAY.exec(index) ?? [];
  return year === undefined ? undefined : `${year}-${month}-${day}`;
}

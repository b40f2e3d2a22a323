/**
 * Whether a fetched batch begins where this group stands. kafkajs moves by itself when an offset is out of range, and
 * hands over batches that it fetched before a rebalance: neither may pass unseen.
 */
import type { Ends } from './positions.ts';

export type Place =
  | { at: 'position' }
  /** Handled before, or not its turn: to be fetched again from the position. */
  | { at: 'elsewhere' }
  | OutOfRange;

export type OutOfRange =
  /** Retention took records that were not handled. */
  | { at: 'beyondRetention'; lost: bigint }
  /** The topic ends before the position: it was made again, or a broker lost what it had promised to keep. */
  | { at: 'beforeTruncation' };

export interface FetchedAt {
  fetchedOffset: bigint;
  highWatermark: bigint;
}

export async function placeOf(
  { fetchedOffset, highWatermark }: FetchedAt,
  next: bigint | undefined,
  readEnds: () => Promise<Ends | undefined>,
): Promise<Place> {
  if (next === undefined || fetchedOffset === next) return { at: 'position' };
  if (fetchedOffset < next) return { at: highWatermark < next ? 'beforeTruncation' : 'elsewhere' };
  const ends = await readEnds();
  if (!ends || ends.low <= next) return { at: 'elsewhere' };
  return { at: 'beyondRetention', lost: fetchedOffset - next };
}

/** What retention took before a member joined; undefined when the position is still there. */
export function lostBefore(next: bigint | undefined, low: bigint): OutOfRange | undefined {
  return next !== undefined && next < low ? { at: 'beyondRetention', lost: low - next } : undefined;
}

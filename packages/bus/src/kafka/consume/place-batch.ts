/**
 * Whether a fetched batch begins where this group stands. kafkajs moves by itself when an offset is out of range, and
 * hands over batches that it fetched before a rebalance: neither may pass unseen.
 */
import type { Ends } from './positions.ts';

export type Place =
  | { at: 'position' }
  /** Handled before, or not its turn: to be fetched again from the position. */
  | { at: 'elsewhere' }
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

/** The LogStore port: ECS documents written once by event.id, searched newest first, counted, and followed. */
import type {
  ActionKind,
  Band,
  GroupId,
  HourCount,
  LogDocument,
  LogEvent,
  LogLevel,
  Millis,
  Stage,
} from '@chatwarden/contracts';

export type ItemOutcome =
  | { id: string; result: 'created' | 'duplicate' }
  /** Outside the window of kept days, or not a document; never written. */
  | { id: string; result: 'refused'; reason: string };

/** All that is given must hold. */
export interface Filter {
  service?: string;
  /** Of any document; other loggers' names for it are taken as ours. */
  level?: LogLevel;
  dataset?: string;
  groupId?: GroupId;
  /** Inclusive start and exclusive end of @timestamp. */
  from?: Millis;
  to?: Millis;
  band?: Band;
  stage?: Stage;
  actionKind?: ActionKind;
  /** Every word must occur in reasons, check names, the document's message or its pseudonyms. */
  text?: string;
}

export interface Query extends Filter {
  limit: number;
  /** From the page before. */
  cursor?: string;
}

export interface Page {
  events: LogEvent[];
  /** Absent on the last page. */
  cursor?: string;
}

export type { HourCount } from '@chatwarden/contracts';

export interface TailPage {
  /** Oldest first. */
  events: LogEvent[];
  cursor: string;
}

/** What documents can be counted by, each with one value or none per document. */
export type CountedField = 'service' | 'level' | 'dataset' | 'groupId' | 'band' | 'stage' | 'actionKind';

export interface BucketCount {
  /** Start of the bucket. */
  at: Millis;
  name: string;
  count: number;
}

export interface NameCount {
  name: string;
  count: number;
}

/** At most so many buckets of time in one histogram. */
export const BUCKETS_MAX = 2000;
/** What a tail waits for late documents, unless told otherwise: OpenSearch shows what it took after about a second. */
export const SETTLE_MS = 5000;

export interface LogStore {
  /**
   * Idempotent by event.id within a service and a day. One outcome per event, in order. Failure (later) when the store is
   * away.
   */
  write(events: readonly LogDocument[]): Promise<ItemOutcome[]>;
  /** Failure `badCursor` (never) for a cursor that is not ours. What a document does not say is filled in neutrally. */
  search(query: Query): Promise<Page>;
  /**
   * What is new since the cursor; without one, since `from`, or since now. Each document comes once and in order of time,
   * if it could be found within `settleMs` ({@link SETTLE_MS}) of its own @timestamp; one that comes later than that is
   * never in a tail, only in a search. So a tail runs `settleMs` behind the clock. The next call is cheap: it looks at
   * the time that has passed since this one. Failure `badCursor` as for a search.
   */
  tail(query: Query & { settleMs?: number }): Promise<TailPage>;
  /** Hours that begin from `from` on and before `to`; of all groups without `groupId`. */
  hourly(query: { groupId?: GroupId; from: Millis; to: Millis }): Promise<HourCount[]>;
  /**
   * Weights summed per bucket of `bucketMs`, aligned to the epoch, and per value of `by`. By time, then name; a bucket
   * without documents is left out, as are documents without a value. Failure `tooManyBuckets` (never) beyond
   * {@link BUCKETS_MAX}.
   */
  histogram(query: Filter & { from: Millis; to: Millis; bucketMs: number; by: CountedField }): Promise<BucketCount[]>;
  /**
   * The values with most weight, heaviest first: of a field, of checks that fired, or senders by pseudonym. Exact, but for
   * fields with thousands of values in one day's index, where the least may be missing some.
   */
  aggregate(query: Filter & { by: CountedField | 'check' | 'sender'; limit: number }): Promise<NameCount[]>;
  /** Deletes whole days that ended more than `days` full days before `now`; returns the days. */
  dropOldDays(now: Millis, days: number): Promise<string[]>;
  /** What dropOldDays would delete now. Anything here a while after it ran is kept too long. */
  overdueDays(now: Millis, days: number): Promise<string[]>;
}

/** The LogStore port: ECS documents written once by event.id, searched newest first. */
import type { ActionKind, Band, GroupId, HourCount, LogEvent, Millis, Stage } from '@chatwarden/contracts';

export type ItemOutcome =
  | { id: string; result: 'created' | 'duplicate' }
  /** Outside the window of kept days, or not a document; never written. */
  | { id: string; result: 'refused'; reason: string };

export interface Query {
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

export interface LogStore {
  /** Idempotent by event.id within a day. One outcome per event, in order. Failure (later) when the store is away. */
  write(events: readonly LogEvent[]): Promise<ItemOutcome[]>;
  /** Failure `badCursor` (never) for a cursor that is not ours. */
  search(query: Query): Promise<Page>;
  /** Hours that begin from `from` on and before `to`; of all groups without `groupId`. */
  hourly(query: { groupId?: GroupId; from: Millis; to: Millis }): Promise<HourCount[]>;
  /** Deletes whole days that ended more than `days` full days before `now`; returns the days. */
  dropOldDays(now: Millis, days: number): Promise<string[]>;
}

/** Counts of closed hours: a part of the Store port. */
import type { GroupId, HourCount, Millis } from '@chatwarden/contracts';

/** Made of the documents: see HourCount. */
export interface HourCounts {
  /** Every hour that begins before this one is counted; 0 at first. */
  countedUntil(): Promise<Millis>;
  /** Replaces the counts of all hours that begin from `from` on and before `until`, and all of them are counted then. */
  overwrite(range: { from: Millis; until: Millis }, counts: readonly HourCount[]): Promise<void>;
  /** Hours that begin from `from` on and before `to`; of all groups without `groupId`. */
  read(query: { groupId?: GroupId; from: Millis; to: Millis }): Promise<HourCount[]>;
  /**
   * Of each group the busiest hour that begins from `since` on, by its verdicts: those of later stages count too, and are
   * few. Groups without any are left out.
   */
  ratesOf(since: Millis): Promise<GroupRate[]>;
  /** Resolves to how many rows went. */
  dropBefore(at: Millis): Promise<number>;
}

export interface GroupRate {
  groupId: GroupId;
  /** Start of the hour. */
  hour: Millis;
  eventsPerSecond: number;
}

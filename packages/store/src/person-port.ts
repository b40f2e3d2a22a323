/** What is kept about persons and groups, and how it ends: a part of the Store port. */
import type { GroupId, Id, Millis, Pseudonym, Standing } from '@chatwarden/contracts';

/** One person as one group knows her. */
export interface PersonKey {
  groupId: GroupId;
  sender: Pseudonym;
}

/** Everything that is kept about a person in one group. */
export interface PersonRecord {
  groupId: GroupId;
  title: string;
  firstSeenAt?: Millis;
  allowedCount: number;
  standing: Standing;
  /** Messages that were judged spam or shown to moderators, and are still remembered. */
  decisions: number;
  /** The newest few, sealed for the group. */
  evidence: { verdictId: Id; at: Millis; sealed: Uint8Array }[];
  sanction?: { kind: 'ban' | 'restrict'; until?: Millis };
}

export interface Persons {
  /** Groups that know nothing of the person are left out. */
  findPerson(keys: readonly PersonKey[], at: Millis): Promise<PersonRecord[]>;
  /**
   * Forgets what is finished: rows of the ledger that are not carried out and told stay until they are. In a group with
   * a sanction in force her offences, the sanction and her standing stay. Resolves to the rows that went.
   */
  forgetPerson(keys: readonly PersonKey[], at: Millis): Promise<{ rows: number; stillSanctioned: number }>;
}

export interface PurgeRow {
  /** Name of a day-partitioned table, or `details`, `history`, `sanctions`, `person`, `group`. */
  what: string;
  /** `YYYY-MM-DD` of a dropped day. */
  day?: string;
  groupId?: GroupId;
  rows: number;
  at: Millis;
}

export interface Purges {
  /** Finished actions, corrections, cards, dead letters and the details of decisions, sealed ids with them. */
  purgeDetails(before: Millis): Promise<number>;
  /** Sanctions that ended before `now`. */
  purgeSanctions(now: Millis): Promise<number>;
  /** That there was a decision, and senders who have not been seen since. */
  purgeHistory(before: Millis): Promise<number>;
  /** Everything of a group but its journal, whose pseudonyms name nobody once the group's key is destroyed. */
  eraseGroup(groupId: GroupId): Promise<number>;
  /** Newest first. */
  listPurges(limit: number): Promise<PurgeRow[]>;
}

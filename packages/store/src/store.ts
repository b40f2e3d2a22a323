/**
 * The Store port: what is kept in PostgreSQL, one interface per table family. Every method that changes something is
 * one transaction. Throws Failure `postgresAway` (later) when the database cannot be reached.
 */
import type {
  Action,
  Context,
  Correction,
  DeadLetters,
  Decision,
  Group,
  GroupId,
  GroupPolicy,
  Id,
  Lease,
  LiveSanction,
  Millis,
  Pseudonym,
  Revision,
  SealedId,
  SeenChat,
  SenderAs,
  SenderContext,
  Settings,
  Standing,
} from '@chatwarden/contracts';
import type { Claims } from './claim-port.ts';
import type { HourCounts } from './hour-count-port.ts';
import type { Ledger } from './ledger-port.ts';
import type { LlmAsks } from './llm-ask.ts';
import type { Gates, Publishers, RetiredTopics } from './move-port.ts';
import type { Persons, Purges } from './person-port.ts';
import type { PolicyLocks } from './policy-lock-port.ts';
import type { SteeredGroups } from './steered-port.ts';

export type * from './claim-port.ts';
export type * from './hour-count-port.ts';
export type * from './ledger-port.ts';
export type * from './move-port.ts';
export type * from './person-port.ts';
export type * from './policy-lock-port.ts';
export type * from './steered-port.ts';

export interface Groups {
  /** Finds the group of a chat, or makes it with its first policy and a new revision. Null: another bot has the chat. */
  ensureGroup(chat: SeenChat, first: GroupPolicy): Promise<{ group: Group; revision: Revision; isNew: boolean } | null>;
  listGroups(): Promise<GroupOverview[]>;
  /** By the chat's present id or a former one; `chatId` is the present one. */
  findGroupByChat(chatId: number): Promise<Pick<Group, 'groupId' | 'botId' | 'chatId'> | null>;
  /** Gives the group its new chat id, with the work that still has a meaning there, and keeps the old one as an alias. */
  migrateChat(botId: number, fromChatId: number, toChatId: number): Promise<void>;
}

export interface GroupOverview extends Group {
  policy: GroupPolicy;
  /** Revision of that policy. */
  revision: Revision;
  /** Fields of the policy that are set from outside, and by whom. */
  locked?: { fields: string[]; by: string };
}

export interface SettingsTable {
  settingsSince(revision: Revision): Promise<Settings>;
  /**
   * Writes the next policy of the group under a new revision. Rejects with Failure `unknownGroup` (never), and with
   * `policyLocked` (never), in words for people, where the change concerns a locked field.
   */
  changePolicy(
    groupId: GroupId,
    change: (policy: GroupPolicy) => GroupPolicy,
  ): Promise<{ revision: Revision; policy: GroupPolicy }>;
  /**
   * Whether the group's events go to a topic of its own from now on, under a new revision. Whoever consumes the new
   * topic must be there before, and stays at the old one until it is empty. Rejects with `unknownGroup` (never).
   */
  changeRoute(groupId: GroupId, route: { dedicated: boolean }): Promise<{ revision: Revision }>;
  /** The newest; null where the group was never moved. */
  routeOf(groupId: GroupId): Promise<{ dedicated: boolean; revision: Revision } | null>;
}

export interface ContextKey {
  groupId: GroupId;
  sender: Pseudonym;
  /** The event's own time: offences of this very incident do not count against it. */
  at: Millis;
}

export interface SenderContextRow {
  groupId: GroupId;
  sender: Pseudonym;
  /** `version` is the one that was loaded; saved as the next one. */
  context: SenderContext;
  lastSeenAt: Millis;
}

/** One message that carried something that copies share. */
export interface Sighting {
  /** Keyed digest of what is shared, the same in every group. */
  key: Id;
  groupId: GroupId;
  sender: Pseudonym;
  senderAs: SenderAs;
  messageId: number;
  eventId: Id;
  at: Millis;
  /** Of a sender without a record. */
  newcomer: boolean;
  /** Judged act, or swept. */
  bad: boolean;
}

export interface SightingLookup {
  keys: readonly Id[];
  since: Millis;
}

export interface Loaded {
  /** In the order of the keys; `campaigns` are for the caller to fill from the sightings. */
  contexts: Context[];
  /** The newest of each key, at most 60. */
  sightings: Sighting[];
}

/** A copy that may be removed, and where it is. */
export interface Copy extends Sighting {
  chatId: number;
  botId: number;
}

export interface Contexts {
  /** One round trip for a batch. */
  loadContext(keys: readonly ContextKey[], lookup?: SightingLookup): Promise<Loaded>;
  /**
   * All or none: `conflict` when any row is no longer at its version, and the batch is to be judged again. A sighting
   * that is there already can only become bad.
   */
  saveContext(rows: readonly SenderContextRow[], sightings?: readonly Sighting[]): Promise<'saved' | 'conflict'>;
  /** Messages of newcomers that were not judged spam, by nobody called honest, oldest first, at most 200. */
  findCopies(lookup: SightingLookup): Promise<Copy[]>;
  /** Drops the days of sightings that ended before the day of `at`, and resolves to them. */
  dropSightingsBefore(at: Millis): Promise<string[]>;
}

export interface Evidence {
  verdictId: Id;
  eventId: Id;
  groupId: GroupId;
  at: Millis;
  /** Sealed with the group's key. */
  sealed: Uint8Array;
}

export interface EvidenceTable {
  /** Harmless when repeated. */
  saveEvidence(evidence: readonly Evidence[]): Promise<void>;
  readEvidence(groupId: GroupId, verdictId: Id): Promise<Evidence | null>;
  /** Drops the days (UTC, `YYYY-MM-DD`) that ended before the day of `at`, and resolves to them. Purge rows prove it. */
  dropEvidenceBefore(at: Millis): Promise<string[]>;
}

export interface Sanctions {
  findSanction(by: { groupId: GroupId; sender: Pseudonym; at: Millis }): Promise<LiveSanction | null>;
}

export interface Decisions {
  /**
   * Decisions and their ledger rows in one transaction. The first decision per event and stage wins; the rows of the
   * others are not written. In observe no ledger rows are written. Makes lane rows and card rows as needed. Harmless
   * when repeated: `won` names the verdicts whose decisions this very call wrote. Of stage `llm` none wins where a
   * person has spoken on the event.
   */
  commitDecisions(decisions: readonly Decision[]): Promise<{ won: Id[] }>;
  findDecision(by: { groupId: GroupId; messageId: number } | { eventId: Id }): Promise<Decision | null>;
  /** Newest first by `decidedAt`, those decided before `before`. */
  listDecisions(query: { groupId: GroupId; before?: Millis; limit: number }): Promise<Decision[]>;
}

export interface Corrections {
  /**
   * The correction, the sender's new standing, the open card's end and the actions: one transaction. `already` when
   * this message was corrected with the same label before; then nothing is written.
   */
  commitCorrection(
    correction: Correction,
    standing: Standing,
    actions: readonly Action[],
  ): Promise<'committed' | 'already'>;
  untoldCorrections(n: number): Promise<Correction[]>;
  markCorrectionsTold(ids: readonly Id[]): Promise<void>;
}

/** A card asks moderators about one message of a group. */
export interface Card {
  id: Id;
  groupId: GroupId;
  botId: number;
  /** The group that the message is in; the card itself may stand elsewhere. */
  chatId: number;
  eventId: Id;
  verdictId: Id;
  messageId: number;
  senderKey: Pseudonym;
  senderAs: SenderAs;
  senderSealed?: SealedId;
  traceparent: string;
  state: 'planned' | 'open' | 'closed';
  /** Telegram message of the card, once posted. */
  cardChatId?: number;
  cardMessageId?: number;
}

export interface Cards {
  findCard(id: Id): Promise<Card | null>;
  /** One that is not closed, planned ones included; one that stands in the chat already comes first. */
  findOpenCard(groupId: GroupId, messageId: number): Promise<Card | null>;
  cardPosted(id: Id, at: { chatId: number; messageId: number }): Promise<void>;
}

export interface Store {
  groups: Groups;
  settings: SettingsTable;
  policyLocks: PolicyLocks;
  claims: Claims;
  steered: SteeredGroups;
  gates: Gates;
  publishers: Publishers;
  retiredTopics: RetiredTopics;
  contexts: Contexts;
  evidence: EvidenceTable;
  decisions: Decisions;
  corrections: Corrections;
  cards: Cards;
  ledger: Ledger;
  sanctions: Sanctions;
  persons: Persons;
  purges: Purges;
  llmAsks: LlmAsks;
  hourCounts: HourCounts;
  deadLetters: DeadLetters;
  lease: Lease;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

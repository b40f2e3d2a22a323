/** Actions that wait to be carried out, and who carries them out: a part of the Store port. */
import type { Action, GroupId, Id, Millis, Outcome } from '@chatwarden/contracts';

/** Who executes; unique among live processes, so that a restart may take back its own lanes at once. */
export interface Holder {
  name: string;
  /** By the holder's clock. Holders of one database must agree on the time well within `leaseMs`. */
  now: Millis;
  leaseMs: number;
  /** Claims this bot's lanes only, since another's token is of no use in them; absent: every bot's. */
  botId?: number;
}

/** One chat's queue of actions, claimed with an epoch: a stale holder's outcomes are refused. */
export interface Lane {
  chatId: number;
  botId: number;
  groupId: GroupId;
  epoch: number;
}

export interface LedgerRow {
  action: Action;
  /** Calls begun, this one included. */
  tries: number;
  /** The row was found in `sending`: an earlier call may or may not have reached Telegram. */
  wasSending: boolean;
}

export type OutcomeRow =
  | { actionId: Id; outcome: Outcome; at: Millis }
  /** Back to planned, not to be sent before. */
  | { actionId: Id; again: true; notBefore: Millis };

export interface Told {
  action: Action;
  outcome: Outcome;
  tries: number;
  takenAt: Millis;
}

export interface Ledger {
  /** Rows outside a decision or a correction, such as a group's welcome notice. Harmless when repeated. */
  planActions(actions: readonly Action[]): Promise<void>;
  /** Lanes with work that is due and that nobody holds, or whose claim has expired; never one that `blockLane` holds back. */
  claimLanes(n: number, holder: Holder): Promise<Lane[]>;
  /** Lets go of what a former process of this name held; to be called once, before the first claim. */
  freeLanes(holderName: string): Promise<void>;
  /** Marks the next due rows as `sending`, oldest incident first, and returns them. Extends the claim. */
  takeActions(lane: Lane, holder: Holder, limit: number): Promise<LedgerRow[] | 'lostLane'>;
  recordOutcomes(lane: Lane, outcomes: readonly OutcomeRow[]): Promise<'recorded' | 'lostLane'>;
  /** Telegram asked for a pause in this chat. */
  blockLane(lane: Lane, until: Millis): Promise<void>;
  releaseLane(lane: Lane): Promise<void>;
  /** What waits for its next try in a chat is due now: what stood in the way is gone. */
  retryNow(botId: number, chatId: number): Promise<void>;
  /** When the earliest waiting row becomes due, for the executor's sleep. */
  nextDue(now: Millis): Promise<Millis | null>;
  untold(n: number): Promise<Told[]>;
  markTold(ids: readonly Id[]): Promise<void>;
  /** Rows by state, for readiness, metrics and tests. */
  countByState(): Promise<Record<'planned' | 'sending' | 'done' | 'failed', number>>;
}

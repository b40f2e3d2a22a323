/** The part of the Store port that alertd's llm role works by. */
import type { GroupId, Id, Millis, Verdict } from '@chatwarden/contracts';

/** A question to a language model about one `ask` verdict. */
export interface LlmAsk {
  /** The detector's, as it was published. */
  verdict: Verdict;
  /** Claims of an unanswered ask, this one included. */
  tries: number;
  /** There already when an earlier holder got as far as the answer: what is left is to publish the verdict. */
  opinion?: { spam: boolean; confidence: number; answeredAt: Millis };
}

export interface LlmClaim {
  now: Millis;
  limit: number;
  /** Claimed at once by all holders, for each group. */
  perGroup: number;
  leaseMs: number;
}

export interface LlmOpinion {
  /** A verdict follows; otherwise the opinion is noted and the ask is closed. */
  escalates: boolean;
  spam: boolean;
  /** 0 to 1. */
  confidence: number;
  answeredAt: Millis;
  promptVersion: string;
  /** The model's own words, sealed for the row of the event; absent when the answer was given to another event. */
  sealedReason?: Uint8Array;
  /** Keyed hash of the question. */
  question: Id;
}

export type LlmResult = 'escalated' | 'noted' | 'decided' | 'expired' | 'unreadable' | 'unanswered' | 'off';

export interface LlmAsks {
  /** One per event. Harmless when repeated. */
  addAsks(verdicts: readonly Verdict[]): Promise<void>;
  /** What is due and whose decision is committed, newest first. What people have decided meanwhile is closed instead. */
  claimAsks(claim: LlmClaim): Promise<LlmAsk[]>;
  /** The first opinion is the one that counts. `closed`: there is one, or a person has spoken, and nothing may follow. */
  recordOpinion(eventId: Id, opinion: LlmOpinion): Promise<'recorded' | 'closed'>;
  closeAsk(eventId: Id, result: LlmResult): Promise<void>;
  /** `decided`: the verdict that was published has become a decision, and the ask is closed. Otherwise due at `again`. */
  closeEscalated(eventId: Id, again: Millis): Promise<'decided' | 'undecided'>;
  /** Lets go of a claimed ask, not to be claimed before `until`. */
  putOffAsk(eventId: Id, until: Millis): Promise<void>;
  /** Closes what was asked before, and resolves to how many. */
  expireAsks(before: Millis): Promise<number>;
  /** Takes one call from what the group may spend on the day (UTC) of `at`. */
  spendCall(groupId: GroupId, at: Millis, max: number): Promise<{ left: number } | 'spent'>;
  /** The newest answer to the same question that was given at `since` or later. */
  findOpinion(groupId: GroupId, question: Id, since: Millis): Promise<Pick<LlmOpinion, 'spam' | 'confidence'> | null>;
  countWaiting(): Promise<number>;
}

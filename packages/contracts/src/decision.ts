import { Type, type Static } from 'typebox';
import { Action } from './action.ts';
import { GroupId, Id, Millis, Pseudonym, Revision, SealedId } from './ids.ts';
import { SenderAs } from './sender.ts';
import { Band, Stage } from './verdict.ts';

export const Mode = Type.Enum(['observe', 'enforce']);
export type Mode = Static<typeof Mode>;

/**
 * One per event and stage; the first that is committed wins. Exists for act and ask; no row means allowed.
 * In observe `actions` says what would have been done, and no ledger row is written.
 */
export const Decision = Type.Object({
  verdictId: Id,
  eventId: Id,
  groupId: GroupId,
  botId: Type.Integer(),
  chatId: Type.Integer(),
  messageId: Type.Optional(Type.Integer()),
  stage: Stage,
  band: Band,
  mode: Mode,
  score: Type.Number(),
  reasons: Type.Array(Type.String()),
  senderKey: Pseudonym,
  senderAs: SenderAs,
  senderSealed: Type.Optional(SealedId),
  /** Revision that judged and the one that chose. */
  judgedAt: Revision,
  chosenAt: Revision,
  occurredAt: Millis,
  receivedAt: Millis,
  decidedAt: Millis,
  traceparent: Type.String(),
  actions: Type.Array(Action),
});
export type Decision = Static<typeof Decision>;

/** A person's word on one message: it may revert a decision, and it teaches the sender's standing. */
export const Correction = Type.Object({
  id: Id,
  groupId: GroupId,
  botId: Type.Integer(),
  chatId: Type.Integer(),
  eventId: Id,
  supersedes: Type.Optional(Id),
  label: Type.Enum(['spam', 'ham']),
  source: Type.Enum(['command', 'card', 'portal']),
  by: Pseudonym,
  messageId: Type.Integer(),
  senderKey: Pseudonym,
  senderAs: SenderAs,
  /** The Telegram id in it stays sealed until the sanction ends. */
  senderSealed: Type.Optional(SealedId),
  at: Millis,
  traceparent: Type.String(),
  revision: Revision,
});
export type Correction = Static<typeof Correction>;

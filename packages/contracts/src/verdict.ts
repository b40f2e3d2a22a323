import { Type, type Static } from 'typebox';
import { envelope } from './envelope.ts';
import { Id, Millis, Pseudonym, SealedId } from './ids.ts';
import { SenderAs, SenderRole } from './sender.ts';

export const Band = Type.Enum(['act', 'ask', 'allow']);
export type Band = Static<typeof Band>;

export const Stage = Type.Enum(['detect', 'llm', 'campaign', 'moderator']);
export type Stage = Static<typeof Stage>;

/** What one check found. `weight` is in log-odds: positive speaks for spam, negative against it. */
export const CheckResult = Type.Object({
  name: Type.String(),
  fired: Type.Boolean(),
  weight: Type.Number(),
  /** Numbers, domains and policy entries; never words of the message. */
  reason: Type.String(),
});
export type CheckResult = Static<typeof CheckResult>;

export const DetectorVersion = Type.Object({ version: Type.String(), model: Type.String() });
export type DetectorVersion = Static<typeof DetectorVersion>;

export const VerdictSender = Type.Object({ key: Pseudonym, as: SenderAs, role: SenderRole });
export type VerdictSender = Static<typeof VerdictSender>;

/** What an action may touch: messages of this incident, and the sender where an action may need it. */
export const Targets = Type.Object({
  messageIds: Type.Array(Type.Integer()),
  sender: Type.Optional(SealedId),
});
export type Targets = Static<typeof Targets>;

export const Verdict = Type.Object({
  schema: Type.Literal('verdict/1'),
  kind: Type.Literal('Verdict'),
  ...envelope,
  eventId: Id,
  eventKind: Type.String(),
  stage: Stage,
  supersedes: Type.Optional(Id),
  band: Band,
  score: Type.Number({ minimum: 0, maximum: 1, description: 'calibrated probability of spam' }),
  /** Checks that fired, and those that spoke against spam. */
  checks: Type.Array(CheckResult),
  /** In words, for a person, strongest first; ham explains itself too. */
  reasons: Type.Array(Type.String()),
  detector: DetectorVersion,
  priorOffences: Type.Integer({ minimum: 0 }),
  sender: VerdictSender,
  targets: Targets,
  judgedAt: Millis,
});
export type Verdict = Static<typeof Verdict>;

/** What `judge` returns: a verdict before the edge adds the time and seals the sender. */
export type Judgement = Omit<Verdict, 'judgedAt'>;

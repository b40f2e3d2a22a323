/**
 * An opinion moves the score, as a check does; what follows from the score is the group's affair. It only ever moves it
 * up, and only a verdict that now reaches `act` is one: everything else stays with the moderators. Pure.
 */
import {
  recordTraceparent,
  verdictId,
  type CheckResult,
  type GroupPolicy,
  type Millis,
  type Revision,
  type Verdict,
} from '@chatwarden/contracts';
import { bandOf, sigmoid } from '@chatwarden/detector';
import type { Opinion } from './read-answer.ts';

/** Less sure than this is a shrug. */
const CONFIDENCE_MIN = 0.8;
/** Models are sure too easily: ln(0.98 / 0.02), 3.9, is the most that one may weigh. */
const CONFIDENCE_MAX = 0.98;
/** Of the score, so that its logarithm is finite. */
const MARGIN = 0.001;

export interface Circumstances {
  policy: Pick<GroupPolicy, 'bands' | 'checks'>;
  /** Of the settings that the policy is from. */
  revision: Revision;
  answeredAt: Millis;
}

/** Null: the question stays one. */
export function toVerdict(
  asked: Verdict,
  { spam, confidence }: Pick<Opinion, 'spam' | 'confidence'>,
  { policy, revision, answeredAt }: Circumstances,
): Verdict | null {
  if (!spam || confidence < CONFIDENCE_MIN) return null;
  const weight = logit(Math.min(confidence, CONFIDENCE_MAX)) * (policy.checks['llm']?.factor ?? 1);
  const score = sigmoid(logit(Math.min(Math.max(asked.score, MARGIN), 1 - MARGIN)) + weight);
  if (bandOf(score, policy) !== 'act') return null;
  const reason = `a language model calls it spam and is ${Math.round(confidence * 100)} % sure`;
  const check: CheckResult = { name: 'llm', fired: true, weight, reason };
  const id = verdictId(asked.eventId, 'llm');
  return {
    ...asked,
    id,
    stage: 'llm',
    supersedes: asked.id,
    band: 'act',
    score,
    checks: [...asked.checks, check],
    reasons: [reason, ...asked.reasons],
    revision,
    judgedAt: answeredAt,
    traceparent: recordTraceparent(asked.traceparent, id),
  };
}

function logit(probability: number): number {
  return Math.log(probability / (1 - probability));
}

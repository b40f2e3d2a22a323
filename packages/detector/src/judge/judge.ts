/**
 * Judges one event: the classifier's and the checks' log-odds add up to a probability, which the group's bands cut into
 * act, ask and allow. Pure, and deaf to the event's own trace: judging again gives the same verdict and teaches nothing.
 */
import {
  isSanctionable,
  verdictId,
  type Band,
  type CheckResult,
  type Context,
  type DetectorVersion,
  type GroupPolicy,
  type Judgement,
  type SenderContext,
} from '@chatwarden/contracts';
import { isNewcomer, runCheck, type CheckInput } from '../checks/check.ts';
import { CHECKS } from '../checks/all-checks.ts';
import type { Model } from '../classifier/model.ts';
import type { Folded, Prepared } from '../prepared.ts';
import { contextBefore, nextContext } from './next-context.ts';
import { targetsOf } from './targets.ts';

export const DETECTOR_VERSION = '0.1.0';

export interface JudgeInput {
  prepared: Prepared;
  context: Context;
  policy: GroupPolicy;
  model: Model;
  detectorVersion: DetectorVersion;
}

/** Of all messages of a group about one in eight is spam: ln(p / (1 - p)) for the model's even prior. */
const PRIOR = Math.log(0.12 / 0.88);
/** Where the model knows the language too little, its word may lead to a question and no further. */
const UNCOVERED_MAX = 1;
/**
 * A payload that comes beside the words makes them its cover. What was learned of texts says nothing of messages that
 * carry one, so from a newcomer harmless words speak for the sender by this and no more.
 */
const COVER_MIN = -0.7;
/** A check marked `payload` has found one when it weighs as much as this. */
const PAYLOAD_MIN = 2;
const REASONS_MAX = 6;

export function judge(given: JudgeInput): { judgement: Judgement; next: SenderContext } {
  const { prepared, policy } = given;
  const { event } = prepared;
  const context = contextBefore(event, given.context);
  const input = { ...given, context };
  const results = isSanctionable(event.sender) ? weigh(input) : [exempt(event.sender.as, event.sender.role)];
  const sum = results.reduce((total, result) => total + result.weight, 0);
  const score = isSanctionable(event.sender) ? sigmoid(PRIOR + sum) : 0;
  const band = bandOf(score, policy);
  const judgement: Judgement = {
    schema: 'verdict/1',
    kind: 'Verdict',
    id: verdictId(event.id, 'detect'),
    groupId: event.groupId,
    botId: event.botId,
    chatId: event.chatId,
    occurredAt: event.occurredAt,
    receivedAt: event.receivedAt,
    traceparent: event.traceparent,
    revision: event.revision,
    eventId: event.id,
    eventKind: event.kind,
    stage: 'detect',
    band,
    score,
    checks: results.filter((result) => result.weight !== 0),
    reasons: reasonsOf(results, band),
    detector: input.detectorVersion,
    priorOffences: context.priorOffences,
    sender: { key: event.sender.key, as: event.sender.as, role: event.sender.role },
    targets: { messageIds: targetsOf(input, band) },
  };
  return { judgement, next: nextContext(given, band) };
}

function weigh({ prepared, context, policy, model }: JudgeInput): CheckResult[] {
  const input: CheckInput = { prepared, context, policy };
  const words = text(prepared, model);
  const results = [words];
  let carries = false;
  for (const check of CHECKS) {
    const result = runCheck(check, input);
    // Nearly all of them say nothing of nearly all messages.
    if (result.weight === 0) continue;
    results.push(result);
    if (check.payload && result.weight >= PAYLOAD_MIN) carries = true;
  }
  if (carries && isNewcomer(context)) results[0] = asCover(words);
  if (prepared.quoted) results.push(quotation(prepared.quoted, model));
  return results;
}

function text(prepared: Prepared, model: Model): CheckResult {
  if (prepared.folded.text === '') return { name: 'text', fired: false, weight: 0, reason: 'no text' };
  const { logit, covered, reason } = model.classify(prepared);
  const weight = covered ? logit : Math.min(logit, UNCOVERED_MAX);
  const percent = Math.round(sigmoid(weight) * 100);
  return { name: 'text', fired: weight > 0, weight, reason: `reads like spam to ${percent} %: ${reason}` };
}

function asCover(words: CheckResult): CheckResult {
  if (words.weight >= COVER_MIN) return words;
  return { ...words, weight: COVER_MIN, reason: `${words.reason}; counts little beside what the message carries` };
}

/** Words of another chat that are shown here: somebody else's, so they can speak against a sender but not for one. */
function quotation(quoted: Folded, model: Model): CheckResult {
  const { logit, covered } = model.classify({ folded: quoted });
  const weight = covered ? Math.max(0, logit) : 0;
  const percent = Math.round(sigmoid(weight) * 100);
  return { name: 'quotation', fired: weight > 0, weight, reason: `quotes another chat, spam to ${percent} %` };
}

function exempt(as: string, role: string): CheckResult {
  const who = as === 'user' || as === 'bot' ? role : as;
  return { name: 'exempt', fired: false, weight: -1, reason: `never judged: ${who}` };
}

/** Where a score falls between the group's thresholds. */
export function bandOf(score: number, { bands }: Pick<GroupPolicy, 'bands'>): Band {
  if (score >= bands.act) return 'act';
  return score >= bands.ask ? 'ask' : 'allow';
}

/** Strongest first; ham says what spoke for it. */
function reasonsOf(results: readonly CheckResult[], band: Band): string[] {
  const sign = band === 'allow' ? -1 : 1;
  const speaking = results.filter((result) => result.weight !== 0);
  const sorted = speaking.toSorted((a, b) => sign * (b.weight - a.weight));
  const reasons = sorted.map((result) => result.reason);
  return (reasons.length > 0 ? reasons : ['nothing speaks for spam']).slice(0, REASONS_MAX);
}

/** Log-odds as a probability. */
export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/**
 * One claimed ask, to its end or put off. The opinion is written down before a verdict follows from it, and only if no
 * person has spoken: a crash before that costs one more call, a crash after it none. A verdict is published until there
 * is a decision; repeated, it is the same one.
 */
import { messageOf, type GroupPolicy, type Id, type Verdict } from '@chatwarden/contracts';
import { NO_TRACING } from '@chatwarden/daemon';
import { sealText } from '@chatwarden/keys';
import type { LlmAsk, LlmResult } from '@chatwarden/store';
import { callModel } from './call-model.ts';
import { copyEvidence, readShown } from './evidence.ts';
import type { LlmDeps } from './llm-deps.ts';
import { PROMPT_VERSION, type Question } from './prompt.ts';
import { questionKey } from './question-key.ts';
import type { Opinion } from './read-answer.ts';
import { redact } from './redact.ts';
import { toVerdict } from './to-verdict.ts';
import { escalateSpan } from '../spans.ts';

export async function answerAsk(ask: LlmAsk, deps: LlmDeps, signal: AbortSignal): Promise<void> {
  const { verdict: asked } = ask;
  await deps.settings.refresh();
  const policy = deps.settings.policyOf(asked.groupId);
  if (policy.checks['llm']?.enabled === false) return end(asked, 'off', deps);
  if (ask.opinion) return goFurther(asked, ask.opinion, { policy, deps });
  const question = await questionOf(asked, policy, deps);
  if (!question) return end(asked, 'unreadable', deps);
  const key = questionKey(await deps.keys.key(asked.groupId, 'digest'), question, deps.model);
  const opinion =
    (await copyOf(asked, key, deps)) ?? (await traced(asked, deps, () => callModel({ ask, question }, deps, signal)));
  if (opinion) await note({ asked, opinion, question: key }, policy, deps);
}

/** The answer takes seconds, and is what a trace of an escalated message mostly consists of. */
function traced<T>({ traceparent }: Verdict, { tracer = NO_TRACING }: LlmDeps, run: () => Promise<T>): Promise<T> {
  return tracer.withSpan({ name: 'ask model', kind: 'client', parent: traceparent }, run);
}

/** Null when there is nothing to read. */
async function questionOf(asked: Verdict, policy: GroupPolicy, deps: LlmDeps): Promise<Question | null> {
  const message = await readShown(asked, deps);
  const shown = message && redact(message);
  if (!shown || Object.keys(shown).length === 0) return null;
  return { shown, groupPrompt: policy.prompt ?? '' };
}

/** A campaign comes in hours. */
const COPY_MS = 86_400_000;

async function copyOf({ groupId }: Verdict, key: Id, { llmAsks, clock, metrics }: LlmDeps): Promise<Given | null> {
  const found = await llmAsks.findOpinion(groupId, key, clock.now() - COPY_MS);
  if (found) metrics.copies.inc();
  return found;
}

/** The reason is there only with an answer of its own. */
type Given = Omit<Opinion, 'reason'> & { reason?: string };

interface Answered {
  asked: Verdict;
  opinion: Given;
  question: Id;
}

async function note({ asked, opinion, question }: Answered, policy: GroupPolicy, deps: LlmDeps): Promise<void> {
  const { groupId, eventId } = asked;
  const { spam, confidence, reason } = opinion;
  const answeredAt = deps.clock.now();
  const revision = deps.settings.revision();
  const escalates = toVerdict(asked, opinion, { policy, revision, answeredAt }) !== null;
  const sealed =
    reason === undefined
      ? undefined
      : sealText(await deps.keys.key(groupId, 'seal'), { groupId, rowId: eventId }, reason);
  const recorded = await deps.llmAsks.recordOpinion(eventId, {
    escalates,
    spam,
    confidence,
    answeredAt,
    question,
    promptVersion: `${PROMPT_VERSION}@${revision}`,
    ...(sealed === undefined ? {} : { sealedReason: sealed }),
  });
  if (recorded === 'recorded' && escalates) return goFurther(asked, { spam, confidence, answeredAt }, { policy, deps });
  deps.metrics.asks.inc({ result: recorded === 'closed' ? 'decided' : 'noted' });
}

/** A verdict that nobody has decided on by then, since nobody was there or is slow, is published again. */
const AGAIN_MS = 30_000;

interface Means {
  policy: GroupPolicy;
  deps: LlmDeps;
}

async function goFurther(asked: Verdict, opinion: NonNullable<LlmAsk['opinion']>, { policy, deps }: Means) {
  const { answeredAt } = opinion;
  const verdict = toVerdict(asked, opinion, { policy, revision: deps.settings.revision(), answeredAt });
  // The group has changed its thresholds since.
  if (!verdict) return end(asked, 'noted', deps);
  await copyEvidence(asked, verdict, deps);
  await deps.bus.publish('verdicts', [verdict]);
  deps.tracer?.record(escalateSpan(verdict, asked, answeredAt));
  const again = deps.clock.now() + AGAIN_MS;
  const result = await deps.llmAsks.closeEscalated(asked.eventId, again);
  if (result === 'decided') deps.metrics.asks.inc({ result: 'escalated' });
}

async function end({ eventId }: Verdict, result: LlmResult, { llmAsks, metrics }: LlmDeps): Promise<void> {
  await llmAsks.closeAsk(eventId, result);
  metrics.asks.inc({ result });
}

/** What stands in the way is logged; the claim ends by itself, and somebody takes the ask up again. */
export function explain(error: unknown, { verdict: { groupId, eventId } }: LlmAsk, { log }: LlmDeps): void {
  log.warn({ err: error, groupId, eventId }, `an ask waits for another try: ${messageOf(error)}`);
}

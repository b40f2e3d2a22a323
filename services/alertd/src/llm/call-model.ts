/** Pays for a call, makes it, and says what it means for the endpoint and for the ask: an opinion, or later, or never. */
import type { LlmAsk } from '@chatwarden/store';
import type { EndpointAnswer } from './endpoint-answer.ts';
import type { LlmDeps } from './llm-deps.ts';
import { toMessages, type Question } from './prompt.ts';
import { readAnswer, type Opinion } from './read-answer.ts';

export interface Call {
  ask: LlmAsk;
  question: Question;
}

const DAY_MS = 86_400_000;
/** After a first failure; doubles with each. */
const AGAIN_MS = 60_000;
const AGAIN_MAX_MS = 3_600_000;
/** What gets no answer from an endpoint that answers is not worth more calls. */
const TRIES_MAX = 3;
/** For a wrong key: it is tried again, since a person may have mended it on the other side. */
const REFUSED_MS = 600_000;

/** Null: there is none now; the ask was put off or closed. */
export async function callModel({ ask, question }: Call, deps: LlmDeps, signal: AbortSignal): Promise<Opinion | null> {
  const { llmAsks, clock, metrics, dailyMax } = deps;
  const { groupId, eventId } = ask.verdict;
  const now = clock.now();
  const budget = await llmAsks.spendCall(groupId, now, dailyMax);
  metrics.budgetLeft.set({ group: groupId }, budget === 'spent' ? 0 : budget.left);
  if (budget === 'spent') {
    metrics.asks.inc({ result: 'overBudget' });
    await llmAsks.putOffAsk(eventId, (Math.floor(now / DAY_MS) + 1) * DAY_MS);
    return null;
  }
  const nonces = deps.nonces();
  const answer = await deps.askEndpoint(toMessages(question, nonces), signal);
  metrics.callSeconds.observe((clock.now() - now) / 1000);
  heed(answer, deps);
  const reading = answer.result === 'content' ? readAnswer(answer.content, nonces.answerId) : answer;
  metrics.calls.inc({ result: 'none' in reading ? 'garbage' : answer.result });
  if ('opinion' in reading) return reading.opinion;
  await withoutAnswer(ask, 'none' in reading ? { result: 'garbage', why: reading.none } : reading, deps);
  return null;
}

/** What the answer says of the endpoint. */
function heed(answer: EndpointAnswer, { breaker, log }: LlmDeps): void {
  switch (answer.result) {
    case 'content':
    case 'garbage':
      return breaker.succeeded();
    case 'busy':
      return breaker.open(answer.waitMs);
    case 'away':
    case 'rejected':
      breaker.failed();
      log.warn(`the language model does not answer (${answer.why}); asks wait, their cards are with the moderators`);
      return;
    case 'refused':
      breaker.open(REFUSED_MS);
      log.error(WHAT_TO_DO[answer.status] ?? WHAT_TO_DO[403]);
  }
}

const WHAT_TO_DO: Readonly<Record<number, string>> = {
  401: 'the language model refuses the key: set LLM_API_KEY (or LLM_API_KEY_FILE) to one that is valid for LLM_URL and restart; until then asks wait, their cards are with the moderators',
  402: 'the account of the language model has no credit left: add some, or unset LLM_URL and restart; until then asks wait, their cards are with the moderators',
  403: 'the language model denies access: let the key of LLM_API_KEY use the model of LLM_MODEL, or set another, and restart; until then asks wait, their cards are with the moderators',
  404: 'the language model is not found: check LLM_URL (it ends with /v1 in most cases) and LLM_MODEL, and restart; until then asks wait, their cards are with the moderators',
};

type Silence = Exclude<EndpointAnswer, { result: 'content' }>;

async function withoutAnswer({ verdict, tries }: LlmAsk, silence: Silence, deps: LlmDeps): Promise<void> {
  const { llmAsks, clock, metrics, log } = deps;
  const { groupId, eventId } = verdict;
  const hopeless = silence.result === 'garbage' || silence.result === 'rejected';
  if (hopeless && tries >= TRIES_MAX) {
    log.info({ groupId, eventId }, `the language model has no answer: ${silence.why}`);
    metrics.asks.inc({ result: 'unanswered' });
    return llmAsks.closeAsk(eventId, 'unanswered');
  }
  const waitMs = silence.result === 'busy' ? silence.waitMs : Math.min(AGAIN_MS * 2 ** (tries - 1), AGAIN_MAX_MS);
  metrics.asks.inc({ result: 'putOff' });
  await llmAsks.putOffAsk(eventId, clock.now() + waitMs);
}

/** The llm role without its loop: real PostgreSQL and bus, a fake endpoint, a manual clock, and workers to step. */
import type { Decision, GroupPolicy, Verdict } from '@chatwarden/contracts';
import { createMetrics, silentLogger } from '@chatwarden/daemon';
import { sealText } from '@chatwarden/keys';
import { createSettingsCache } from '@chatwarden/store';
import { anEvent, aVerdict, type EventParts } from '@chatwarden/testkit';
import { createAskEndpoint } from '../src/llm/ask-endpoint.ts';
import { createBreaker } from '../src/llm/circuit-breaker.ts';
import { createDrain } from '../src/llm/drain.ts';
import type { LlmDeps } from '../src/llm/llm-deps.ts';
import { createLlmMetrics } from '../src/llm/llm-metrics.ts';
import { aWorld } from './a-world.ts';
import { startFakeLlm } from './fake-llm.ts';

export const TIMEOUT_MS = 5000;
const LEASE_MS = 60_000;

export async function aModel(over: Partial<Pick<LlmDeps, 'dailyMax'>> = {}) {
  const { clock, store, keys, bus, groupId, seeVerdicts } = await aWorld();
  const fake = await startFakeLlm();
  const verdicts = await seeVerdicts();
  let planned = true;
  await bus.subscribe({
    topic: 'verdicts',
    group: 'plan',
    batchMax: 100,
    handle: async (batch) => {
      if (planned) await store.decisions.commitDecisions(batch.map(decisionOf));
      return [];
    },
  });
  /** Whether there is somebody who decides on verdicts. */
  const plan = (on: boolean) => void (planned = on);

  /** As another process has it: with its own breaker and metrics. */
  function aWorker(change: Partial<LlmDeps> = {}) {
    const breaker = createBreaker(clock, 16);
    const { registry } = createMetrics({
      service: { name: 'alertd' },
      processMetrics: false,
    });
    const deps: LlmDeps = {
      llmAsks: store.llmAsks,
      evidence: store.evidence,
      bus,
      settings: createSettingsCache(store.settings),
      keys,
      clock,
      log: silentLogger(),
      metrics: createLlmMetrics(registry, breaker.state),
      breaker,
      askEndpoint: createAskEndpoint({ url: fake.url, model: 'tiny', apiKey: 'k', timeoutMs: TIMEOUT_MS }, clock),
      model: 'tiny',
      dailyMax: 100,
      nonces: nextNonces,
      ...over,
      ...change,
    };
    const drain = createDrain(deps, { perGroup: 2, leaseMs: LEASE_MS });
    const { signal } = new AbortController();
    return {
      deps,
      drain,
      registry,
      /** One look, and everything that it started. */
      async turn(): Promise<void> {
        await drain.step(signal);
        await drain.settled();
      },
    };
  }

  /** What detection and planning leave behind of a message that they were not sure of. */
  async function ask(text: string, { messageId = 1, ...parts }: EventParts & { messageId?: number } = {}) {
    const event = anEvent({ ...parts, groupId, message: { messageId, ...parts.message, text } });
    const verdict = aVerdict({ band: 'ask', score: 0.7, judgedAt: clock.now() }, event);
    const { entities, attachmentText, quote, buttons } = event.message;
    const shown = JSON.stringify({ text, entities, attachmentText, quote, buttons, name: event.sender.name });
    const sealed = sealText(await keys.key(groupId, 'seal'), { groupId, rowId: verdict.id }, shown);
    const { id: verdictId, eventId, judgedAt: at } = verdict;
    await store.evidence.saveEvidence([{ verdictId, eventId, groupId, at, sealed }]);
    await store.llmAsks.addAsks([verdict]);
    const decision = decisionOf(verdict);
    await store.decisions.commitDecisions([decision]);
    // What follows is later, and so the newest decision.
    clock.set(clock.now() + 1);
    return { verdict, decision };
  }

  async function rowOf(eventId: string) {
    const text = `select state, result, spam, confidence, tries, prompt_version as "promptVersion" from llm_ask where event_id = $1`;
    const [row] = await store.sql.query<Record<string, unknown>>('test_llm_row', text, [eventId]);
    return row;
  }

  const changePolicy = (change: (policy: GroupPolicy) => GroupPolicy) => store.settings.changePolicy(groupId, change);
  return {
    clock,
    store,
    keys,
    bus,
    fake,
    verdicts,
    groupId,
    aWorker,
    ask,
    rowOf,
    changePolicy,
    plan,
    leaseMs: LEASE_MS,
  };
}

let calls = 0;
function nextNonces() {
  calls += 1;
  return { fence: `f${calls}`.padEnd(32, '0'), answerId: calls.toString(16).padStart(32, '0') };
}

export function decisionOf(verdict: Verdict): Decision {
  const { groupId, botId, chatId, eventId, occurredAt, receivedAt, traceparent, stage, band, score, reasons } = verdict;
  const [messageId] = verdict.targets.messageIds;
  return {
    verdictId: verdict.id,
    eventId,
    groupId,
    botId,
    chatId,
    ...(messageId === undefined ? {} : { messageId }),
    stage,
    band,
    mode: 'enforce',
    score,
    reasons,
    senderKey: verdict.sender.key,
    senderAs: verdict.sender.as,
    judgedAt: verdict.revision,
    chosenAt: verdict.revision,
    occurredAt,
    receivedAt,
    decidedAt: verdict.judgedAt,
    traceparent,
    actions: [],
  };
}

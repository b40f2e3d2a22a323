/** The llm role: notes asks as they are published and works them off in a loop of its own. */
import { randomBytes } from 'node:crypto';
import { messageOf } from '@chatwarden/contracts';
import type { Subscription } from '@chatwarden/bus';
import { runLoop } from '@chatwarden/daemon';
import type { Registry } from 'prom-client';
import { createAskEndpoint, type EndpointSettings } from './ask-endpoint.ts';
import { createBreaker } from './circuit-breaker.ts';
import { createDrain } from './drain.ts';
import { createEnqueue } from './enqueue.ts';
import type { LlmDeps } from './llm-deps.ts';
import { createLlmMetrics } from './llm-metrics.ts';

export interface LlmSettings extends EndpointSettings {
  /** Asks of one group at once. */
  concurrency: number;
  /** Calls of one group on one day (UTC). */
  dailyMax: number;
}

export interface LlmPorts extends Omit<
  LlmDeps,
  'askEndpoint' | 'breaker' | 'metrics' | 'model' | 'dailyMax' | 'nonces'
> {
  registry: Registry;
}

/** Calls of this process at once, for all groups. */
const CALLS_MAX = 16;
/** Beyond the time-out of a call: reading, writing and publishing. */
const GRACE_MS = 60_000;
const BATCH_MAX = 200;

/** Resolves to what stops it: calls under way are given up, and made again by whoever comes next. */
export async function startLlm(ports: LlmPorts, settings: LlmSettings): Promise<() => Promise<void>> {
  const { clock, log, bus } = ports;
  const breaker = createBreaker(clock, CALLS_MAX);
  const metrics = createLlmMetrics(ports.registry, breaker.state);
  const { model, dailyMax, concurrency, timeoutMs } = settings;
  const askEndpoint = createAskEndpoint(settings, clock);
  const deps: LlmDeps = { ...ports, breaker, metrics, askEndpoint, model, dailyMax, nonces };
  const drain = createDrain(deps, { perGroup: concurrency, leaseMs: timeoutMs + GRACE_MS });
  const handle = createEnqueue(deps);
  const enqueue: Subscription = await bus.subscribe({
    topic: 'verdicts',
    group: 'alertd-llm',
    batchMax: BATCH_MAX,
    handle,
  });
  const stopping = new AbortController();
  const { signal } = stopping;
  const loop = runLoop({
    name: 'llm',
    clock,
    signal,
    step: drain.step,
    onError: ({ error }) => log.warn({ err: error }, `cannot look for asks, they wait: ${messageOf(error)}`),
  }).catch((error: unknown) => log.error({ err: error }, 'no more asks go to the language model until a restart'));
  log.info(`asks go to the language model ${model} at ${new URL(settings.url).host}`);

  return async () => {
    stopping.abort();
    await loop;
    await drain.settled();
    await enqueue.close();
  };
}

function nonces() {
  return { fence: randomBytes(16).toString('hex'), answerId: randomBytes(16).toString('hex') };
}

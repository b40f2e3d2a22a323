import { traceOf } from '@chatwarden/contracts';
import { createLogger, createTracer, readConfig, type EmittedSpan } from '@chatwarden/daemon';
import { describe, expect, test, vi } from 'vitest';
import { AlertdConfig, llmSettings } from '../src/config.ts';
import { aModel, decisionOf } from './a-model.ts';
import { aRunningAlertd } from './a-running-alertd.ts';
import { startFakeLlm } from './fake-llm.ts';

/** Neither surely spam nor surely none, for the test's classifier and a sender who is new. */
const DOUBTFUL = 'maybe roses, write @seeds for the price';

describe('the role', () => {
  test('takes note of what is asked and escalates it by a verdict of its own', async () => {
    const fake = await startFakeLlm();
    fake.script({ content: ({ answerId }) => `{"id":"${answerId}","spam":true,"confidence":0.97,"reason":"advert"}` });
    const spans: EmittedSpan[] = [];
    const tracer = createTracer({ now: () => 1, keepsTrace: () => true, emit: (span) => void spans.push(span) });
    const { bus, clock, event, verdicts, store, groupId } = await aRunningAlertd(undefined, {
      tracer,
      LLM_URL: fake.url,
      LLM_MODEL: 'tiny',
    });
    await store.settings.changePolicy(groupId, (policy) => ({ ...policy, bands: { act: 0.9, ask: 0.001 } }));
    const escalated = new Promise<void>((resolve) => {
      void bus.subscribe({
        topic: 'verdicts',
        group: 'test',
        batchMax: 10,
        handle: (batch) => {
          if (batch.some(({ stage }) => stage === 'llm')) resolve();
          return Promise.resolve([]);
        },
      });
    });
    const { revision } = await store.settings.changePolicy(groupId, (policy) => policy);
    await bus.publish('events', [event({ message: { text: DOUBTFUL }, revision })]);
    const [asked] = verdicts;
    if (!asked) throw new Error('no verdict');
    expect(asked.band).toBe('ask');
    await store.settings.changePolicy(groupId, (policy) => ({ ...policy, bands: { act: 0.1, ask: 0.001 } }));
    await store.decisions.commitDecisions([decisionOf(asked)]);
    await clock.advance(1000);
    await escalated;
    expect(fake.requests[0]?.data).toContain('maybe roses');
    const escalation = verdicts.find(({ stage }) => stage === 'llm');
    expect(escalation).toMatchObject({ supersedes: asked.id, band: 'act' });
    await vi.waitUntil(() => spans.some(({ name }) => name === 'escalate'));
    const { spanId: askedBy } = traceOf(asked.traceparent);
    expect(spans.find(({ name }) => name === 'ask model')).toMatchObject({ parentSpanId: askedBy, kind: 'client' });
    expect(spans.find(({ name }) => name === 'escalate')).toMatchObject({
      parentSpanId: askedBy,
      spanId: traceOf(escalation?.traceparent ?? '').spanId,
    });
  });

  test('is off without an address: nothing is noted, nothing is asked', async () => {
    const { bus, clock, event, store, groupId, metrics } = await aRunningAlertd();
    await store.settings.changePolicy(groupId, (policy) => ({ ...policy, bands: { act: 0.9, ask: 0.001 } }));
    const { revision } = await store.settings.changePolicy(groupId, (policy) => policy);
    await bus.publish('events', [event({ message: { text: DOUBTFUL }, revision })]);
    await clock.advance(1000);
    expect(await store.llmAsks.countWaiting()).toBe(0);
    expect(await metrics.registry.metrics()).not.toContain('llm');
  });
});

describe('an endpoint that nobody but the operator can mend', () => {
  test.each([
    [401, 'LLM_API_KEY'],
    [402, 'credit'],
    [403, 'LLM_MODEL'],
    [404, 'LLM_URL'],
  ])('status %i is logged with what to do', async (status, what) => {
    const { ask, aWorker, fake, clock } = await aModel();
    const lines: string[] = [];
    const log = createLogger({
      service: { name: 'alertd', version: '0.0.0', environment: 'test', node: { name: 'test' } },
      level: 'error',
      destination: { write: (line: string) => void lines.push(line) },
    });
    await ask('casino bonus for you');
    fake.script({ status });
    const worker = aWorker({ log });
    await worker.turn();
    await worker.turn();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(what);
    expect(lines[0]).not.toContain('bonus');
    clock.set(clock.now() + 600_000);
    await worker.turn();
    expect(fake.requests).toHaveLength(2);
  });
});

describe('settings', () => {
  test('ask nobody by default', () => {
    expect(llmSettings(readConfig(AlertdConfig, {}))).toBeUndefined();
    expect(llmSettings(readConfig(AlertdConfig, { LLM_MODEL: 'tiny', LLM_API_KEY: 'k' }))).toBeUndefined();
  });

  test('name address, model and key, and have limits of their own', () => {
    const env = { LLM_URL: 'http://127.0.0.1:1/v1', LLM_MODEL: 'tiny', LLM_API_KEY: 'k', LLM_DAILY_MAX: '7' };
    expect(llmSettings(readConfig(AlertdConfig, env))).toEqual({
      url: 'http://127.0.0.1:1/v1',
      model: 'tiny',
      apiKey: 'k',
      timeoutMs: 20_000,
      concurrency: 2,
      dailyMax: 7,
    });
  });

  test('need a model with the address', () => {
    const config = readConfig(AlertdConfig, { LLM_URL: 'http://127.0.0.1:1/v1' });
    expect(() => llmSettings(config)).toThrow('LLM_MODEL: is not set, but LLM_URL is');
  });
});

import { openText } from '@chatwarden/keys';
import { NOON } from '@chatwarden/testkit';
import { describe, expect, test } from 'vitest';
import { aModel, TIMEOUT_MS } from './a-model.ts';
import { answer } from './fake-llm.ts';

const DAY_MS = 86_400_000;

describe('an open ask', () => {
  test('is escalated once and only once by two workers that take turns and race', async () => {
    const { ask, aWorker, verdicts, fake, rowOf } = await aModel();
    const { verdict } = await ask('casino bonus for you');
    const [one, two] = [aWorker(), aWorker()];
    await Promise.all([one.turn(), two.turn(), one.turn(), two.turn()]);
    await one.turn();
    expect(fake.requests).toHaveLength(1);
    expect(verdicts).toHaveLength(1);
    expect(verdicts[0]).toMatchObject({ stage: 'llm', band: 'act', supersedes: verdict.id, eventId: verdict.eventId });
    expect(await rowOf(verdict.eventId)).toMatchObject({ state: 'closed', result: 'escalated', spam: true });
  });

  test('that the model thinks harmless stays with the moderators, and its opinion is noted', async () => {
    const { ask, aWorker, verdicts, rowOf } = await aModel();
    const { verdict } = await ask('is this seed shop any good?');
    await aWorker().turn();
    expect(verdicts).toEqual([]);
    expect(await rowOf(verdict.eventId)).toMatchObject({
      state: 'closed',
      result: 'noted',
      spam: false,
      confidence: 0.95,
      promptVersion: expect.stringMatching(/^\d+@\d+$/) as string,
    });
  });

  test('shows the message under the verdict that goes further too', async () => {
    const { ask, aWorker, verdicts, store, keys, groupId } = await aModel();
    await ask('casino bonus for you');
    await aWorker().turn();
    const id = verdicts[0]?.id ?? '';
    const kept = await store.evidence.readEvidence(groupId, id);
    const key = await keys.key(groupId, 'seal');
    const text = openText(key, { groupId, rowId: id }, kept?.sealed ?? new Uint8Array());
    expect(JSON.parse(text)).toMatchObject({ text: 'casino bonus for you' });
  });

  test('that a moderator decides while the model thinks has no further end', async () => {
    const { ask, aWorker, verdicts, fake, store, rowOf } = await aModel();
    const { verdict, decision } = await ask('casino bonus for you');
    const { groupId, botId, chatId, eventId, senderKey, senderAs, traceparent } = decision;
    const subject = { groupId, botId, chatId, eventId, senderKey, senderAs, traceparent, messageId: 1 };
    const word = {
      id: 'c'.repeat(32),
      label: 'ham',
      source: 'card',
      by: 'b'.repeat(32),
      at: NOON,
      revision: 1,
    } as const;
    let speak: Promise<unknown> | undefined;
    fake.script({
      content: (request) => {
        speak = store.corrections.commitCorrection({ ...subject, ...word }, 'cleared', []);
        return answer(request);
      },
    });
    const worker = aWorker({
      llmAsks: {
        ...store.llmAsks,
        recordOpinion: async (...args) => {
          await speak;
          return store.llmAsks.recordOpinion(...args);
        },
      },
    });
    await worker.turn();
    expect(fake.requests).toHaveLength(1);
    expect(verdicts).toEqual([]);
    expect(await rowOf(verdict.eventId)).toMatchObject({ state: 'closed', result: 'decided' });
  });

  test('whose evidence is gone is closed without a call', async () => {
    const { ask, aWorker, fake, store, clock, rowOf } = await aModel();
    const { verdict } = await ask('casino bonus for you');
    await store.evidence.dropEvidenceBefore(clock.now() + DAY_MS);
    await aWorker().turn();
    expect(fake.requests).toEqual([]);
    expect(await rowOf(verdict.eventId)).toMatchObject({ result: 'unreadable' });
  });

  test('of a group that wants no model is closed without a call', async () => {
    const { ask, aWorker, fake, changePolicy, rowOf } = await aModel();
    const { verdict } = await ask('casino bonus for you');
    await changePolicy((policy) => ({ ...policy, checks: { llm: { enabled: false, factor: 1 } } }));
    await aWorker().turn();
    expect(fake.requests).toEqual([]);
    expect(await rowOf(verdict.eventId)).toMatchObject({ result: 'off' });
  });

  test('that nobody got to within a day is closed', async () => {
    const { ask, aWorker, fake, clock, rowOf } = await aModel();
    const { verdict } = await ask('casino bonus for you');
    clock.set(clock.now() + DAY_MS + 1);
    await aWorker().turn();
    expect(fake.requests).toEqual([]);
    expect(await rowOf(verdict.eventId)).toMatchObject({ result: 'expired' });
  });
});

describe('a crash', () => {
  test('in the middle of a call costs one more call, and brings one verdict', async () => {
    const { ask, aWorker, fake, clock, verdicts, leaseMs } = await aModel();
    await ask('casino bonus for you');
    const died = aWorker({ askEndpoint: () => Promise.reject(new Error('killed')) });
    await died.turn();
    await aWorker().turn();
    expect(fake.requests).toHaveLength(0);
    clock.set(clock.now() + leaseMs);
    await aWorker().turn();
    await aWorker().turn();
    expect(fake.requests).toHaveLength(1);
    expect(verdicts).toHaveLength(1);
  });

  test('between the opinion and its verdict costs no call, and the verdict is what it would have been', async () => {
    const { ask, aWorker, fake, clock, bus, verdicts, leaseMs, rowOf } = await aModel();
    const { verdict } = await ask('casino bonus for you');
    const answeredAt = clock.now();
    await aWorker({ bus: { ...bus, publish: () => Promise.reject(new Error('killed')) } }).turn();
    expect(await rowOf(verdict.eventId)).toMatchObject({ state: 'escalating' });
    clock.set(clock.now() + leaseMs);
    await aWorker().turn();
    expect(fake.requests).toHaveLength(1);
    expect(verdicts).toMatchObject([{ stage: 'llm', band: 'act', judgedAt: answeredAt }]);
    expect(await rowOf(verdict.eventId)).toMatchObject({ state: 'closed', result: 'escalated' });
  });

  test('after the verdict was published repeats it, and the first decision stands', async () => {
    const { ask, aWorker, clock, store, verdicts, leaseMs, rowOf } = await aModel();
    const { verdict } = await ask('casino bonus for you');
    const llmAsks = { ...store.llmAsks, closeEscalated: () => Promise.reject(new Error('killed')) };
    await aWorker({ llmAsks }).turn();
    const decided = await store.decisions.findDecision({ eventId: verdict.eventId });
    clock.set(clock.now() + leaseMs);
    await aWorker().turn();
    const [first, again] = verdicts;
    expect(verdicts).toHaveLength(2);
    expect(again?.id).toBe(first?.id);
    expect(await store.decisions.findDecision({ eventId: verdict.eventId })).toEqual(decided);
    expect(decided).toMatchObject({ stage: 'llm', verdictId: first?.id });
    expect(await rowOf(verdict.eventId)).toMatchObject({ state: 'closed', result: 'escalated' });
  });

  test('of whoever decides loses no verdict: it is published until there is a decision', async () => {
    const { ask, aWorker, fake, clock, plan, verdicts, rowOf } = await aModel();
    const { verdict } = await ask('casino bonus for you');
    plan(false);
    const worker = aWorker();
    await worker.turn();
    expect(await rowOf(verdict.eventId)).toMatchObject({ state: 'escalating' });
    plan(true);
    clock.set(clock.now() + 30_000);
    await worker.turn();
    await worker.turn();
    expect([verdicts.length, fake.requests.length]).toEqual([2, 1]);
    expect(await rowOf(verdict.eventId)).toMatchObject({ state: 'closed', result: 'escalated' });
  });

  test('that is an orderly stop lets go of the ask at once', async () => {
    const { ask, aWorker, fake, verdicts } = await aModel();
    await ask('casino bonus for you');
    fake.script('silent', 'gullible');
    const { drain } = aWorker();
    const stopping = new AbortController();
    await drain.step(stopping.signal);
    await fake.called(1);
    stopping.abort();
    await drain.settled();
    await aWorker().turn();
    expect(verdicts).toHaveLength(1);
  });
});

describe('a budget', () => {
  test('of the day lets the rest wait for the next', async () => {
    const { ask, aWorker, fake, clock, rowOf } = await aModel({ dailyMax: 1 });
    const asked = [await ask('casino for one', { messageId: 1 }), await ask('casino for two', { messageId: 2 })];
    const worker = aWorker();
    await worker.turn();
    await worker.turn();
    expect(fake.requests).toHaveLength(1);
    const states = [];
    for (const { verdict } of asked) states.push((await rowOf(verdict.eventId))?.['state']);
    // The newest comes first; both are of one moment, so either may be it.
    expect(new Set(states)).toEqual(new Set(['closed', 'open']));
    expect(await worker.registry.getSingleMetricAsString('chatwarden_alertd_llm_budget_left')).toMatch(/} 0$/m);
    clock.set(Math.ceil(clock.now() / DAY_MS) * DAY_MS);
    await worker.turn();
    expect(fake.requests).toHaveLength(2);
  });

  test('is not touched by copies of a message that was asked about', async () => {
    const { ask, aWorker, fake, verdicts } = await aModel({ dailyMax: 1 });
    const worker = aWorker();
    await ask('Casino bonus! Write @lucky_1 or call +7 999 123-45-67', { messageId: 1 });
    await worker.turn();
    await ask('CASINO bonus 🎰 write @lucky_2 or call +7 999 765-43-21', {
      messageId: 2,
      sender: { key: 'b'.repeat(32) },
    });
    await worker.turn();
    expect(fake.requests).toHaveLength(1);
    expect(verdicts.map(({ targets }) => targets.messageIds)).toEqual([[1], [2]]);
  });

  test('of calls at once holds for all workers together', async () => {
    const { ask, aWorker, fake, clock } = await aModel();
    for (const messageId of [1, 2, 3]) await ask(`casino number ${'x'.repeat(messageId)}`, { messageId });
    fake.script('silent');
    const [one, two] = [aWorker(), aWorker()];
    const { signal } = new AbortController();
    await Promise.all([one.drain.step(signal), two.drain.step(signal)]);
    await fake.called(2);
    await one.drain.step(signal);
    await clock.advance(TIMEOUT_MS);
    await Promise.all([one.drain.settled(), two.drain.settled()]);
    expect(fake.requests).toHaveLength(2);
  });
});

describe('an endpoint', () => {
  test('that is away leaves the asks waiting, and they are answered when it is back', async () => {
    const { ask, aWorker, fake, clock, verdicts, rowOf } = await aModel();
    const { verdict } = await ask('casino bonus for you');
    const worker = aWorker();
    fake.script({ status: 500 }, 'hangUp', { status: 503 }, 'gullible');
    for (let turn = 0; turn < 4; turn += 1) {
      await worker.turn();
      clock.set(clock.now() + 600_000);
    }
    expect(fake.requests).toHaveLength(4);
    expect(verdicts).toHaveLength(1);
    expect(await rowOf(verdict.eventId)).toMatchObject({ result: 'escalated', tries: 4 });
  });

  test('that fails again and again gets no more calls for a while', async () => {
    const { ask, aWorker, fake, clock } = await aModel();
    for (let messageId = 1; messageId <= 8; messageId += 1) {
      await ask(`casino number ${'x'.repeat(messageId)}`, { messageId });
    }
    fake.script({ status: 500 });
    const worker = aWorker();
    for (let turn = 0; turn < 6; turn += 1) await worker.turn();
    // Two at once: the sixth was under way when the fifth failed.
    expect(fake.requests).toHaveLength(6);
    expect(worker.deps.breaker.state()).toBe('open');
    expect(await worker.registry.getSingleMetricAsString('chatwarden_alertd_llm_breaker')).toMatch(/ 2$/m);
    clock.set(clock.now() + 30_000);
    await worker.turn();
    expect(fake.requests).toHaveLength(7);
  });

  test('that asks for a pause gets it', async () => {
    const { ask, aWorker, fake, clock, verdicts } = await aModel();
    await ask('casino bonus for you');
    fake.script({ status: 429, headers: { 'retry-after': '120' } }, 'gullible');
    const worker = aWorker();
    await worker.turn();
    clock.set(clock.now() + 119_000);
    await worker.turn();
    expect(fake.requests).toHaveLength(1);
    clock.set(clock.now() + 1000);
    await worker.turn();
    expect(verdicts).toHaveLength(1);
  });

  test('that talks nonsense three times has no opinion, and the card stays', async () => {
    const { ask, aWorker, fake, clock, verdicts, rowOf } = await aModel();
    const { verdict } = await ask('casino bonus for you');
    fake.script({ content: 'It is spam!' }, { status: 200, body: 'not JSON' }, { content: '{"spam":true}' });
    const worker = aWorker();
    for (let turn = 0; turn < 4; turn += 1) {
      await worker.turn();
      clock.set(clock.now() + 3_600_000);
    }
    expect(fake.requests).toHaveLength(3);
    expect(verdicts).toEqual([]);
    expect(await rowOf(verdict.eventId)).toMatchObject({ state: 'closed', result: 'unanswered', spam: null });
  });
});

import { createTracer, systemClock, type EmittedSpan } from '@chatwarden/daemon';
import { expect, it } from 'vitest';
import { TelegramError } from '../src/telegram/telegram-error.ts';
import { aWorld, startBot, until, type BotOptions } from './a-running-bot.ts';

/** A bot whose spans are kept. */
async function aTracedBot(options: BotOptions = {}) {
  const world = await aWorld();
  const spans: EmittedSpan[] = [];
  const tracer = createTracer({
    now: systemClock().now,
    keepsTrace: () => true,
    emit: (span) => void spans.push(span),
  });
  const bot = await startBot(world, { ...options, tracer });
  return { world, spans, ...bot };
}

const spanIdOf = (traceparent: string | undefined) => traceparent?.split('-')[2];

it('one trace tells what became of a message, by the ids that its records carry', async () => {
  const { world, spans, seen } = await aTracedBot();
  world.say('spam: easy money');
  await until(() => seen.actions.length === 2);
  const [event] = seen.events;
  const [verdict] = seen.verdicts;
  const byName = new Map(spans.map((span) => [span.name, span]));
  const [root, own] = [spanIdOf(event?.traceparent), spanIdOf(verdict?.traceparent)];
  expect(new Set(spans.map((span) => span.traceId))).toEqual(new Set([event?.id]));
  expect(byName.get('receive MessagePosted')).toMatchObject({ spanId: root, kind: 'consumer' });
  expect(byName.get('receive MessagePosted')).not.toHaveProperty('parentSpanId');
  expect(byName.get('send events')).toMatchObject({ parentSpanId: root, kind: 'producer' });
  expect(byName.get('plan')).toMatchObject({ parentSpanId: own });
  const actions = seen.actions as { traceparent: string; actionKind: string }[];
  for (const { traceparent, actionKind } of actions) {
    expect(byName.get(`execute ${actionKind}`)).toMatchObject({
      parentSpanId: own,
      spanId: spanIdOf(traceparent),
      kind: 'client',
      attributes: { 'chatwarden.action.result': 'done' },
    });
  }
  expect(spans).toHaveLength(5);
});

it('tells that an action failed by its code, and nothing of what was said', async () => {
  const refused = new TelegramError('deleteMessage', {
    kind: 'refused',
    code: 'unauthorized',
    text: 'spam: easy money',
  });
  const { world, spans, seen } = await aTracedBot({
    api: (real) => ({
      ...real,
      deleteMessage: () => Promise.reject(refused),
      deleteMessages: () => Promise.reject(refused),
    }),
  });
  world.say('spam: easy money');
  await until(() => seen.actions.length === 2);
  const failed = spans.find((span) => span.name === 'execute deleteMessage');
  expect(failed).toMatchObject({
    error: { code: 'unauthorized' },
    attributes: { 'chatwarden.action.result': 'failed' },
  });
  expect(JSON.stringify(spans)).not.toContain('easy money');
});

it("a moderator's word is a span below the message's, and a verdict names it", async () => {
  const { world, spans, seen } = await aTracedBot();
  const said = world.say('buy my old boat');
  await until(() => seen.verdicts.length === 1);
  world.say('/spam', world.owner.id, { reply_to: said.message_id });
  await until(() => seen.verdicts.some((verdict) => verdict.stage === 'moderator'));
  await until(() => spans.some((span) => span.name === 'correct'));
  const verdict = seen.verdicts.find((one) => one.stage === 'moderator');
  expect(spans.find((span) => span.name === 'correct')).toMatchObject({
    traceId: seen.events[0]?.id,
    parentSpanId: spanIdOf(seen.events[0]?.traceparent),
    spanId: spanIdOf(verdict?.traceparent),
    attributes: { 'chatwarden.verdict.band': 'act' },
  });
});

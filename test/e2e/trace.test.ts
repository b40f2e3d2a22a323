/**
 * One event is followed from its update to its document by one id: in standalone, and through the processes of a cluster.
 * Spans travel as they do in earnest, by OTLP over HTTP through ingestd into the store.
 */
import type { LogEvent } from '@chatwarden/contracts';
import type { SpanDocument } from '@chatwarden/logstore';
import { hasKafka } from '@chatwarden/testkit/kafka';
import { hasOpenSearch } from '@chatwarden/testkit/opensearch';
import { expect, test } from 'vitest';
import { aCluster } from './a-cluster.ts';
import { aCommunity, until } from './a-community.ts';

/** In both: what a spam message sets off until its sender is restricted and all of it is journalled. */
const STEPS = [
  'receive MessagePosted',
  'send events',
  'judge',
  'send verdicts',
  'plan',
  'execute deleteMessage',
  'execute restrict',
  'journal',
];
/** Only a cluster's journal goes through the door; standalone writes where the door would. */
const STEPS_OF_THE_DOOR = ['accept', 'index'];
const HEADS = ['verdict', 'deleteMessage', 'restrict'];

test('one event, followed by its id, in one process', async () => {
  const { spans, documents } = await follow(await aCommunity({ TRACE_RATIO: '1' }), STEPS);
  expectOneTree(spans, documents);
  expect(new Set(spans.map((span) => span.serviceName))).toEqual(new Set(['standalone']));
});

const hasEngines = hasKafka() && hasOpenSearch();
test.skipIf(!hasEngines)('the same through every process of a cluster (needs Java and Maven)', async () => {
  const { spans, documents } = await follow(await aCluster({ tracing: true }), [...STEPS, ...STEPS_OF_THE_DOOR]);
  expectOneTree(spans, documents);
  expect(new Set(spans.map((span) => span.serviceName))).toEqual(new Set(['bot', 'alertd', 'ingestd']));
});

type Place = Pick<Awaited<ReturnType<typeof aCommunity>>, 'fake' | 'chat' | 'spammer'> & {
  app: Pick<Awaited<ReturnType<typeof aCommunity>>['app'], 'logStore' | 'spanStore'>;
};

/** Spam is said; resolves to the documents that it leaves, and the spans of its trace once each of the steps is there. */
async function follow({ app, fake, chat, spammer }: Place, steps: readonly string[]) {
  const text = '🎰🎰 FREE CASINO BONUS!!! Win 5000$ daily, no risk, write me now → https://t.me/casino_win_bot 🎰🎰';
  const { message_id: messageId } = fake.human.talk({ chat, from: spammer, message: { text } });
  const documents = await until(async () => {
    const { events } = await app.logStore.search({ limit: 100 });
    const verdict = events.find(
      (event) => event.chatwarden?.messageId === messageId && event.chatwarden.band === 'act',
    );
    const ofIt = events.filter((event) => event.trace?.id === verdict?.trace?.id);
    return verdict && ofIt.length === HEADS.length ? ofIt : undefined;
  });
  const eventId = documents.find((event) => event.event.action === 'verdict')?.chatwarden?.eventId ?? '';
  expect(documents.map((event) => event.trace?.id)).toEqual(HEADS.map(() => eventId));
  const spans = await until(async () => {
    const found = await app.spanStore.spansOf(eventId);
    const isThere = (name: string) => found.filter((span) => span.name === name).length >= timesOf(name);
    return steps.every(isThere) ? found : undefined;
  });
  return { spans, documents };
}

/** Each of the three documents is journalled, accepted and indexed; all else is done once. */
function timesOf(name: string): number {
  return ['journal', ...STEPS_OF_THE_DOOR].includes(name) ? HEADS.length : 1;
}

function expectOneTree(spans: readonly SpanDocument[], documents: readonly LogEvent[]): void {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const roots = spans.filter((span) => span.parentSpanId === '');
  expect(roots.map((span) => span.name)).toEqual(['receive MessagePosted']);
  expect(spans.filter((span) => span.parentSpanId !== '' && !byId.has(span.parentSpanId))).toEqual([]);
  const parentOf = (name: string) => {
    const { parentSpanId = '' } = spans.find((span) => span.name === name) ?? {};
    return byId.get(parentSpanId)?.name;
  };
  expect(parentOf('judge')).toBe('receive MessagePosted');
  expect(parentOf('plan')).toBe('judge');
  // What is logged of a step names that step.
  const stepOf = ({ span }: LogEvent) => byId.get(span?.id ?? '')?.name;
  expect(new Set(documents.map(stepOf))).toEqual(new Set(['execute deleteMessage', 'execute restrict', 'judge']));
}

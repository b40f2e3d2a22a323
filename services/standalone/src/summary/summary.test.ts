import { createInProcessBus } from '@chatwarden/bus';
import type { ActionTaken } from '@chatwarden/contracts';
import { aVerdict, anEvent, manualClock, NOON } from '@chatwarden/testkit';
import { expect, test } from 'vitest';
import { createLatencies } from './latencies.ts';
import { createSummary } from './summary.ts';

async function aSummary(verdictLines = true) {
  const clock = manualClock();
  const bus = createInProcessBus({ clock, deadLetters: { put: () => Promise.resolve() }, deadlineMs: 1000 });
  const printed: string[] = [];
  const print = (line: string) => void printed.push(line);
  const summary = createSummary({ bus, clock, print, titleOf: () => Promise.resolve('Gardeners'), verdictLines });
  await summary.start();
  return { clock, bus, printed, summary };
}

const taken = (over: Partial<ActionTaken>) =>
  ({
    actionKind: 'deleteMessage',
    outcome: { result: 'done' },
    receivedAt: NOON,
    takenAt: NOON + 7,
    id: 'x',
    ...over,
  }) as ActionTaken;

test('the terminal shows what was acted on, and a total when it changed', async () => {
  const { bus, clock, printed, summary } = await aSummary();
  await bus.publish('verdicts', [
    aVerdict(),
    aVerdict({ band: 'allow' }, anEvent({ message: { messageId: 2 } })),
    aVerdict({ stage: 'moderator' }),
  ]);
  await bus.publish('actions', [taken({}), taken({ outcome: { result: 'failed', code: 'noRights', text: '' } })]);
  expect(printed).toEqual(['act 98 % in "Gardeners": 1 link to casino.example']);
  await clock.advance(5000);
  expect(printed[1]).toBe(
    '2 events: 1 allowed, 0 asked, 1 acted on | 1 deleted, 0 restricted, 0 banned, 0 cards | 1 actions failed | delivery to deletion p50 7 ms, p99 7 ms',
  );
  await clock.advance(5000);
  expect(printed).toHaveLength(2);
  await summary.stop();
});

test('a corpus run shows totals only', async () => {
  const { bus, printed, summary } = await aSummary(false);
  await bus.publish('verdicts', [aVerdict()]);
  expect(printed).toEqual([]);
  expect(summary.total()).toContain('1 events');
  await summary.stop();
});

test('percentiles are of the last so many', () => {
  const latencies = createLatencies(3);
  expect(latencies.percentile(0.5)).toBeNull();
  for (const ms of [900, 1, 2, 3]) latencies.add(ms);
  expect([latencies.percentile(0), latencies.percentile(0.5), latencies.percentile(0.99)]).toEqual([1, 2, 3]);
});

import { Failure, LogEvent, type ActionTaken } from '@chatwarden/contracts';
import type { ItemOutcome } from '@chatwarden/logstore';
import { aVerdict, NOON } from '@chatwarden/testkit';
import { Registry } from 'prom-client';
import { Compile } from 'typebox/compile';
import { describe, expect, test } from 'vitest';
import { createAlertdMetrics } from '../metrics.ts';
import { createJournalActions, createJournalVerdicts } from './journal.ts';

const service = { name: 'alertd', version: '0.0.0', environment: 'test', node: { name: 'here' } };

function aJournal(
  outcomeOf: (event: LogEvent) => ItemOutcome = (event) => ({ id: event.event.id, result: 'created' }),
) {
  const written: LogEvent[] = [];
  const logStore = {
    write: (events: readonly LogEvent[]) => {
      written.push(...events);
      return Promise.resolve(events.map(outcomeOf));
    },
  };
  const metrics = createAlertdMetrics(new Registry());
  const source = { service, labels: { demo: 'true' } };
  return { written, deps: { logStore, source, allowedMax: Infinity, metrics } };
}

function anActionTaken(over: Partial<ActionTaken> = {}): ActionTaken {
  const verdict = aVerdict();
  return {
    schema: 'action-taken/1',
    kind: 'ActionTaken',
    id: 'c'.repeat(32),
    groupId: verdict.groupId,
    botId: verdict.botId,
    chatId: verdict.chatId,
    occurredAt: NOON + 30,
    receivedAt: NOON,
    traceparent: verdict.traceparent,
    revision: 1,
    actionId: 'c'.repeat(32),
    actionKind: 'deleteMessage',
    cause: verdict.id,
    target: { messageId: 1 },
    outcome: { result: 'done' },
    tries: 1,
    takenAt: NOON + 30,
    ...over,
  };
}

const delivery = { signal: new AbortController().signal, count: () => {} };
const valid = Compile(LogEvent);

describe('the journal', () => {
  test('writes verdicts as documents that carry reasons, trace and labels', async () => {
    const { written, deps } = aJournal();
    const verdict = aVerdict();
    expect(await createJournalVerdicts(deps)([verdict], delivery)).toEqual([]);
    expect(written).toHaveLength(1);
    expect(valid.Check(written[0])).toBe(true);
    expect(written[0]).toMatchObject({
      '@timestamp': new Date(NOON).toISOString(),
      event: { id: verdict.id, kind: 'alert', created: new Date(verdict.judgedAt).toISOString() },
      trace: { id: verdict.eventId },
      labels: { demo: 'true' },
      chatwarden: { band: 'act', reasons: verdict.reasons, weight: 1, latencyMs: 3 },
    });
  });

  test('writes actions with their outcome and their time from delivery', async () => {
    const { written, deps } = aJournal();
    const failed = anActionTaken({ outcome: { result: 'failed', code: 'noRights', text: 'not enough rights' } });
    await createJournalActions(deps)([anActionTaken(), failed], delivery);
    expect(written.map((event) => valid.Check(event))).toEqual([true, true]);
    expect(written.map((event) => [event.event.outcome, event.event.reason, event.log.level])).toEqual([
      ['success', undefined, 'info'],
      ['failure', 'noRights: not enough rights', 'warn'],
    ]);
    expect(written[0]?.chatwarden).toMatchObject({ messageId: 1, latencyMs: 30 });
  });

  test('an allowed verdict is an event, not an alert', async () => {
    const { written, deps } = aJournal();
    await createJournalVerdicts(deps)([aVerdict({ band: 'allow' })], delivery);
    expect(written[0]?.event).toMatchObject({ kind: 'event', type: ['allowed'] });
  });

  test('a refused document costs only itself, and its reason is handed on', async () => {
    const { deps } = aJournal((event) => ({ id: event.event.id, result: 'refused', reason: 'older than 7 days' }));
    const verdict = aVerdict();
    expect(await createJournalVerdicts(deps)([verdict], delivery)).toEqual([
      { id: verdict.id, reason: 'older than 7 days' },
    ]);
  });

  test('a store that is away is tried again later', async () => {
    const { deps } = aJournal();
    const away = new Failure('postgresAway', 'later', { message: 'no answer' });
    deps.logStore.write = () => Promise.reject(away);
    await expect(createJournalVerdicts(deps)([aVerdict()], delivery)).rejects.toBe(away);
  });

  test('a store that answers short is not believed', async () => {
    const { deps } = aJournal();
    deps.logStore.write = () => Promise.resolve([]);
    await expect(createJournalVerdicts(deps)([aVerdict()], delivery)).rejects.toThrow('0 outcomes for 1 events');
  });
});

/**
 * One spam message walks through the whole, row by row of the table in ARCHITECTURE.md: in standalone, and as processes
 * on Kafka, OpenSearch and PostgreSQL. Everything is real but Telegram: the simulated one shows what members would see.
 */
import { traceOf } from '@chatwarden/contracts';
import { hasKafka } from '@chatwarden/testkit/kafka';
import { hasOpenSearch } from '@chatwarden/testkit/opensearch';
import { expect, test } from 'vitest';
import { aCluster } from './a-cluster.ts';
import { aCommunity, until } from './a-community.ts';

test('one event, from Telegram and back to the screen, in one process', async () => {
  await expect(walk(aCommunity)).resolves.toBeUndefined();
});

const hasEngines = hasKafka() && hasOpenSearch();
test.skipIf(!hasEngines)('the same on Kafka, OpenSearch and PostgreSQL (needs Java and Maven)', async () => {
  await expect(walk(aCluster)).resolves.toBeUndefined();
});

async function walk(start: typeof aCommunity | typeof aCluster): Promise<void> {
  const { app, fake, chat, spammer, member } = await start({});
  const honest = fake.human.talk({
    chat,
    from: member,
    message: { text: 'the tomatoes on my balcony are ripe at last' },
  });
  const spam = fake.human.talk({
    chat,
    from: spammer,
    message: {
      text: '🎰🎰 FREE CASINO BONUS!!! Win 5000$ daily, no risk, write me now → https://t.me/casino_win_bot 🎰🎰',
    },
  });
  const delivery = () => fake.record.deliveries.find((one) => one.messageId === spam.message_id);
  const verdictOf = async (messageId: number) => {
    const { events } = await app.logStore.search({ dataset: 'chatwarden.verdict', limit: 200 });
    return events.find((event) => event.chatwarden?.messageId === messageId);
  };

  // 1-3: delivered, reduced, accepted, and only then confirmed.
  await until(() => delivery()?.confirmedAtMs !== undefined);
  // 4-7: judged, with its reasons; the honest one is allowed and explains itself too.
  const verdict = await until(() => verdictOf(spam.message_id));
  expect(verdict.chatwarden).toMatchObject({ band: 'act', stage: 'detect' });
  expect(verdict.chatwarden?.reasons?.length).toBeGreaterThan(0);
  const allowed = await until(() => verdictOf(honest.message_id));
  expect(allowed.chatwarden).toMatchObject({ band: 'allow' });
  expect(allowed.chatwarden?.reasons?.length).toBeGreaterThan(0);

  // 7: the text is evidence under the group's key, and nowhere else.
  const groupId = verdict.chatwarden?.groupId ?? '';
  const evidence = await app.store.evidence.readEvidence(groupId, verdict.event.id);
  expect(evidence).not.toBeNull();
  expect(Buffer.from(evidence?.sealed ?? []).toString('utf8')).not.toContain('CASINO');
  expect(JSON.stringify(await app.logStore.search({ limit: 200 }))).not.toMatch(/CASINO|balcony/i);

  // 8-9: one decision with its ledger rows.
  const decision = await app.store.decisions.findDecision({ groupId, messageId: spam.message_id });
  expect(decision).toMatchObject({ verdictId: verdict.event.id, mode: 'enforce' });
  expect(decision?.actions.map((action) => action.kind)).toEqual(['deleteMessage', 'restrict']);

  // 10: carried out, as members see it.
  await until(() =>
    fake.record.effects.some((effect) => effect.kind === 'messageDeleted' && effect.messageId === spam.message_id),
  );
  await until(() =>
    fake.record.effects.some((effect) => effect.kind === 'memberRestricted' && effect.userId === spammer),
  );
  expect(
    fake.human.messages({ chat }).find((one) => one.message.message_id === honest.message_id)?.deletedAtMs,
  ).toBeUndefined();

  // 11-12: told and journalled, in the trace of the event.
  const actions = await until(async () => {
    const { events } = await app.logStore.search({ dataset: 'chatwarden.action', groupId, limit: 10 });
    return events.length === 2 ? events : undefined;
  });
  expect(actions.map((event) => event.event.outcome)).toEqual(['success', 'success']);
  expect(new Set([verdict, ...actions].map((event) => event.trace?.id))).toEqual(
    new Set([verdict.chatwarden?.eventId]),
  );
  expect(traceOf(decision?.traceparent ?? '').traceId).toBe(verdict.chatwarden?.eventId);

  // 15: searched and counted over HTTP.
  const get = async (path: string) =>
    (await fetch(new URL(`api/v1/${path}`, app.portalUrl))).json() as Promise<Record<string, unknown>>;
  expect(JSON.stringify(await get('groups'))).toContain(groupId);
  expect(JSON.stringify(await get(`groups/${groupId}/verdicts?band=act`))).toContain(verdict.event.id);
  expect(JSON.stringify(await get(`groups/${groupId}/actions`))).toContain('deleteMessage');
  expect(JSON.stringify(await get(`groups/${groupId}/stats`))).toContain('act');

  // 16: seen.
  const page = await fetch(app.portalUrl);
  expect(page.headers.get('content-type')).toContain('text/html');
}

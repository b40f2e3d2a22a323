import { firstContext, policyFromPreset } from '@chatwarden/contracts';
import { NOON } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { aStoreForAll } from '../test/a-store.ts';
import { aChat, aCorrection, aDecision, aDeletion, anId, aSanction } from '../test/samples.ts';

const under = aStoreForAll();
const DAY_MS = 86_400_000;

async function count(table: string, groupId: string): Promise<number> {
  const text = `select count(*) as rows from ${table} where group_id = $1`;
  const [row] = await under.store.sql.query<{ rows: number }>(`test_${table}`, text, [groupId]);
  return row?.rows ?? 0;
}

async function carryOutAll(chatId: number) {
  const { ledger } = under.store;
  const holder = { name: anId(), now: NOON, leaseMs: 1000 };
  const lane = (await ledger.claimLanes(1000, holder)).find((each) => each.chatId === chatId);
  const rows = lane && (await ledger.takeActions(lane, holder, 100));
  if (!lane || !rows || rows === 'lostLane') throw new Error('no lane');
  const outcome = { result: 'done' } as const;
  await ledger.recordOutcomes(
    lane,
    rows.map(({ action }) => ({ actionId: action.id, outcome, at: NOON })),
  );
  return rows.map(({ action }) => action.id);
}

describe('purging', () => {
  it('takes finished details and leaves that there was a decision', async () => {
    const { store, clock } = under;
    const decision = aDecision();
    const ban = aSanction(decision, { kind: 'ban' });
    await store.decisions.commitDecisions([{ ...decision, actions: [aDeletion(decision, 7), ban] }]);
    const correction = aCorrection(decision);
    await store.corrections.commitCorrection(correction, 'sanctioned', []);
    const { groupId, chatId, senderKey: sender } = decision;
    const later = clock.now() + DAY_MS;
    await store.purges.purgeDetails(later);
    expect([await count('action', groupId), await count('correction', groupId)]).toEqual([2, 1]);
    await store.ledger.markTold(await carryOutAll(chatId));
    await store.corrections.markCorrectionsTold([correction.id]);
    expect(await store.purges.purgeDetails(NOON - DAY_MS)).toBe(0);
    expect(await store.purges.purgeDetails(later)).toBeGreaterThanOrEqual(3);
    expect([await count('action', groupId), await count('correction', groupId)]).toEqual([0, 0]);
    expect(await count('decision', groupId)).toBe(1);
    expect(await store.decisions.findDecision({ eventId: decision.eventId })).toBeNull();
    expect(await store.decisions.listDecisions({ groupId, limit: 5 })).toEqual([]);
    expect(await store.sanctions.findSanction({ groupId, sender, at: NOON })).toMatchObject({ kind: 'ban' });
    expect(await store.decisions.commitDecisions([decision])).toEqual({ won: [] });
  });

  it('takes sanctions that have ended, and none that has not', async () => {
    const ended = aDecision();
    const live = aDecision({ groupId: ended.groupId });
    await under.store.decisions.commitDecisions([
      { ...ended, actions: [aSanction(ended, { kind: 'restrict', until: NOON })] },
      { ...live, actions: [aSanction(live, { kind: 'ban' })] },
    ]);
    await under.store.purges.purgeSanctions(NOON + 1);
    expect(await count('sanction', ended.groupId)).toBe(1);
  });

  it('takes old decisions without details and senders who were not seen since', async () => {
    const { store } = under;
    const decision = aDecision();
    const { groupId } = decision;
    const context = firstContext(NOON).sender;
    await store.decisions.commitDecisions([decision]);
    await store.contexts.saveContext([
      { groupId, sender: anId(), context, lastSeenAt: NOON - 2 * DAY_MS },
      { groupId, sender: anId(), context, lastSeenAt: NOON },
    ]);
    await store.purges.purgeHistory(NOON - DAY_MS);
    expect([await count('decision', groupId), await count('sender_context', groupId)]).toEqual([1, 1]);
    await store.purges.purgeDetails(NOON + DAY_MS);
    await store.purges.purgeHistory(NOON + DAY_MS);
    expect([await count('decision', groupId), await count('sender_context', groupId)]).toEqual([0, 0]);
  });

  it('goes on until nothing is left, and proves what went', async () => {
    const { store } = under;
    const context = firstContext(NOON).sender;
    const { groupId } = aDecision();
    const lastSeenAt = NOON - 300 * DAY_MS;
    const rows = Array.from({ length: 2500 }, () => ({ groupId, sender: anId(), context, lastSeenAt }));
    await store.contexts.saveContext(rows);
    expect(await store.purges.purgeHistory(NOON - 200 * DAY_MS)).toBe(2500);
    expect(await store.purges.listPurges(1)).toMatchObject([{ what: 'history', rows: 2500 }]);
  });

  it('proves each day of evidence that was dropped', async () => {
    const { evidence, purges } = under.store;
    const { groupId, verdictId, eventId } = aDecision();
    const at = NOON - 40 * DAY_MS;
    await evidence.saveEvidence([{ groupId, verdictId, eventId, at, sealed: new Uint8Array([1]) }]);
    const [day = ''] = await evidence.dropEvidenceBefore(at + DAY_MS);
    expect(await purges.listPurges(1)).toEqual([expect.objectContaining({ what: 'evidence', day, rows: 1 })]);
  });
});

describe('erasing a group', () => {
  it('leaves no row of it and touches no other group', async () => {
    const { store } = under;
    const make = async () => {
      const made = await store.groups.ensureGroup(aChat(), policyFromPreset('balanced', 'enforce'));
      if (!made) throw new Error('no group');
      const { groupId, chatId } = made.group;
      const decision = aDecision({ groupId, chatId });
      const actions = [aDeletion(decision, 7), aSanction(decision, { kind: 'ban' })];
      await store.decisions.commitDecisions([{ ...decision, actions }]);
      await store.corrections.commitCorrection(aCorrection(decision), 'cleared', []);
      const { verdictId, eventId } = decision;
      await store.evidence.saveEvidence([{ groupId, verdictId, eventId, at: NOON, sealed: new Uint8Array([1]) }]);
      return groupId;
    };
    const [gone, kept] = [await make(), await make()];
    const tables = ['chat_group', 'policy', 'decision', 'action', 'lane', 'correction', 'sanction', 'evidence'];
    const rowsOf = (groupId: string) => Promise.all(tables.map((table) => count(table, groupId)));
    expect(Math.min(...(await rowsOf(gone)))).toBeGreaterThan(0);
    const rows = await store.purges.eraseGroup(gone);
    expect(Math.max(...(await rowsOf(gone)))).toBe(0);
    expect(Math.min(...(await rowsOf(kept)))).toBeGreaterThan(0);
    expect(await store.purges.listPurges(1)).toMatchObject([{ what: 'group', groupId: gone, rows }]);
    expect(await store.purges.eraseGroup(gone)).toBe(0);
  });
});

import type { Action, Decision, Millis } from '@chatwarden/contracts';
import { BOT_ID, NOON } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { aStoreForAll } from '../test/a-store.ts';
import { aDeletingDecision, aNotice } from '../test/samples.ts';
import type { Holder, Lane, LedgerRow, OutcomeRow, PostgresStore } from './index.ts';

const under = aStoreForAll();
const DONE = { result: 'done' } as const;
const LEASE_MS = 60_000;

const aHolder = (over: Partial<Holder> = {}): Holder => ({ name: 'executor', now: NOON, leaseMs: LEASE_MS, ...over });

async function plan(messageIds: readonly number[], over: Partial<Decision> = {}): Promise<Decision> {
  const decision = aDeletingDecision(messageIds, over);
  await under.store.decisions.commitDecisions([decision]);
  return decision;
}

/** The lane of this chat, if it can be claimed; claims of other chats are let go. */
async function claim(chatId: number, holder: Holder, store: PostgresStore = under.store): Promise<Lane | undefined> {
  const lanes = await store.ledger.claimLanes(1000, holder);
  for (const lane of lanes) if (lane.chatId !== chatId) await store.ledger.releaseLane(lane);
  return lanes.find((lane) => lane.chatId === chatId);
}

async function claimed(chatId: number, holder = aHolder()): Promise<Lane> {
  const lane = await claim(chatId, holder);
  if (!lane) throw new Error('the lane cannot be claimed');
  return lane;
}

async function take(lane: Lane, holder = aHolder(), limit = 100): Promise<LedgerRow[]> {
  const rows = await under.store.ledger.takeActions(lane, holder, limit);
  if (rows === 'lostLane') throw new Error('the lane is lost');
  return rows;
}

const messagesOf = (rows: readonly LedgerRow[]) =>
  rows.map(({ action }) => (action.target as { messageId: number }).messageId);
const doneAt =
  (at: Millis) =>
  (row: LedgerRow): OutcomeRow => ({ actionId: row.action.id, outcome: DONE, at });

describe('a lane', () => {
  it('is claimed with its work, each time with a higher epoch', async () => {
    const { chatId, groupId } = await plan([1]);
    const first = await claimed(chatId);
    expect(first).toEqual({ chatId, groupId, botId: BOT_ID, epoch: 1 });
    await under.store.ledger.releaseLane(first);
    expect((await claimed(chatId)).epoch).toBe(2);
  });

  it('is held by one of two that claim at once', async () => {
    const decisions = await Promise.all(Array.from({ length: 20 }, () => plan([1])));
    const chats = new Set(decisions.map((decision) => decision.chatId));
    const other = await under.another();
    const claims = await Promise.all(
      [under.store, other, under.store, other].map((store, i) =>
        store.ledger.claimLanes(1000, aHolder({ name: `executor ${i}` })),
      ),
    );
    const won = claims.flat().filter((lane) => chats.has(lane.chatId));
    expect(won).toHaveLength(20);
    expect(new Set(won.map((lane) => lane.chatId)).size).toBe(20);
  });

  it('cannot be claimed while it is held, not even by a holder of the same name, but once the claim has expired', async () => {
    const { chatId } = await plan([1]);
    const lane = await claimed(chatId);
    expect(await claim(chatId, aHolder({ now: NOON + LEASE_MS - 1 }))).toBeUndefined();
    const later = await claimed(chatId, aHolder({ name: 'another', now: NOON + LEASE_MS }));
    expect(later.epoch).toBe(lane.epoch + 1);
  });

  it('is held longer with each taking of rows', async () => {
    const { chatId } = await plan([1, 2]);
    const lane = await claimed(chatId);
    await take(lane, aHolder({ now: NOON + 50_000 }), 1);
    expect(await claim(chatId, aHolder({ name: 'another', now: NOON + LEASE_MS }))).toBeUndefined();
  });

  it('of a former process is free at once for the next of its name', async () => {
    const { chatId } = await plan([1]);
    await claimed(chatId, aHolder({ name: 'bot-7' }));
    await under.store.ledger.freeLanes('bot-7');
    expect((await claimed(chatId, aHolder({ name: 'bot-7' }))).epoch).toBe(2);
  });

  it('without work that is due is not claimed', async () => {
    const { chatId } = await plan([1]);
    const lane = await claimed(chatId);
    await under.store.ledger.recordOutcomes(lane, (await take(lane)).map(doneAt(NOON)));
    await under.store.ledger.releaseLane(lane);
    expect(await claim(chatId, aHolder())).toBeUndefined();
    await under.store.ledger.planActions([aNotice({ chatId, notBefore: NOON + 500 })]);
    expect(await claim(chatId, aHolder())).toBeUndefined();
    expect(await claim(chatId, aHolder({ now: NOON + 500 }))).toBeDefined();
  });

  it('rests while Telegram asked for a pause', async () => {
    const { chatId } = await plan([1]);
    const lane = await claimed(chatId);
    await under.store.ledger.blockLane(lane, NOON + 5000);
    await under.store.ledger.releaseLane(lane);
    expect(await claim(chatId, aHolder({ now: NOON + 4999 }))).toBeUndefined();
    expect(await claim(chatId, aHolder({ now: NOON + 5000 }))).toBeDefined();
  });

  it('is one of the asking bot’s own, the one that waits longest first', async () => {
    const botId = BOT_ID + 99;
    const [old, young] = [await plan([1], { botId }), await plan([1], { botId })];
    await plan([2], { botId, chatId: old.chatId });
    await plan([1]);
    const lanes = await under.store.ledger.claimLanes(10, aHolder({ botId }));
    expect(new Set(lanes.map((lane) => lane.chatId))).toEqual(new Set([old.chatId, young.chatId]));
    for (const lane of lanes) await under.store.ledger.releaseLane(lane);
    const [first] = await under.store.ledger.claimLanes(1, aHolder({ botId }));
    expect(first?.chatId).toBe(old.chatId);
  });
});

describe('rows', () => {
  it('are taken in the order of planning, and not twice under one claim', async () => {
    const { chatId, groupId } = await plan([5, 4]);
    await plan([9], { chatId, groupId });
    const lane = await claimed(chatId);
    const first = await take(lane, aHolder(), 2);
    expect(messagesOf(first)).toEqual([5, 4]);
    expect(first.map(({ tries, wasSending }) => [tries, wasSending])).toEqual([
      [1, false],
      [1, false],
    ]);
    expect(messagesOf(await take(lane))).toEqual([9]);
    expect(await take(lane)).toEqual([]);
  });

  it('come back as they were planned', async () => {
    const notice = aNotice({ notBefore: NOON - 5 });
    await under.store.ledger.planActions([notice]);
    await under.store.ledger.planActions([notice]);
    const lane = await claimed(notice.chatId);
    expect(await take(lane)).toEqual([{ action: notice, tries: 1, wasSending: false }]);
  });

  it('left in sending by a former holder are taken up, marked as such', async () => {
    const { chatId } = await plan([1, 2]);
    const dead = await claimed(chatId);
    await take(dead, aHolder(), 1);
    const holder = aHolder({ name: 'next', now: NOON + LEASE_MS });
    const rows = await take(await claimed(chatId, holder), holder);
    expect(rows.map(({ tries, wasSending }) => [tries, wasSending])).toEqual([
      [2, true],
      [1, false],
    ]);
  });

  it('to be sent again wait for their time, and are planned meanwhile', async () => {
    const { chatId } = await plan([1]);
    const lane = await claimed(chatId);
    const [row] = await take(lane);
    const again: OutcomeRow = { actionId: row?.action.id ?? '', again: true, notBefore: NOON + 2000 };
    expect(await under.store.ledger.recordOutcomes(lane, [again])).toBe('recorded');
    expect(await take(lane, aHolder({ now: NOON + 1999 }))).toEqual([]);
    const [second] = await take(lane, aHolder({ now: NOON + 2000 }));
    expect(second).toMatchObject({ tries: 2, wasSending: false });
  });
});

describe('a holder that lost its lane', () => {
  it('gets no rows, records no outcome and disturbs nobody', async () => {
    const { ledger } = under.store;
    const { chatId } = await plan([1, 2]);
    const stale = await claimed(chatId);
    const [row] = await take(stale, aHolder(), 1);
    const holder = aHolder({ name: 'next', now: NOON + LEASE_MS });
    const lane = await claimed(chatId, holder);
    expect(await ledger.takeActions(stale, aHolder(), 10)).toBe('lostLane');
    expect(await ledger.recordOutcomes(stale, [doneAt(NOON)(row as LedgerRow)])).toBe('lostLane');
    await ledger.blockLane(stale, NOON + 10 * LEASE_MS);
    await ledger.releaseLane(stale);
    expect(messagesOf(await take(lane, holder))).toEqual([1, 2]);
    expect(await claim(chatId, aHolder({ name: 'third', now: holder.now }))).toBeUndefined();
  });

  it('includes one that let it go itself', async () => {
    const { ledger } = under.store;
    const { chatId } = await plan([1]);
    const lane = await claimed(chatId);
    const [row] = await take(lane);
    await ledger.releaseLane(lane);
    expect(await ledger.recordOutcomes(lane, [doneAt(NOON)(row as LedgerRow)])).toBe('lostLane');
    expect(await ledger.takeActions(lane, aHolder(), 10)).toBe('lostLane');
  });
});

describe('outcomes', () => {
  const untoldOf = async (chatId: number) =>
    (await under.store.ledger.untold(10_000)).filter((told) => told.action.chatId === chatId);

  it('wait to be told until they were, skipped and failed ones with their reason', async () => {
    const { ledger } = under.store;
    const { chatId, actions } = await plan([1, 2, 3, 4]);
    const lane = await claimed(chatId);
    await take(lane, aHolder(), 3);
    const outcomes = [
      DONE,
      { result: 'skipped', code: 'messageGone', text: 'message to delete not found' },
      { result: 'failed', code: 'refused', text: 'not enough rights' },
    ] as const;
    const rows = outcomes.map((outcome, i): OutcomeRow => ({ actionId: actions[i]?.id ?? '', outcome, at: NOON + i }));
    const before = await ledger.countByState();
    expect(await ledger.recordOutcomes(lane, rows)).toBe('recorded');
    const after = await ledger.countByState();
    expect(after).toEqual({ ...before, sending: before.sending - 3, done: before.done + 2, failed: before.failed + 1 });
    const told = outcomes.map((outcome, i) => ({ action: actions[i] as Action, outcome, tries: 1, takenAt: NOON + i }));
    expect(await untoldOf(chatId)).toEqual(told);
    await ledger.markTold([actions[0]?.id ?? '', actions[3]?.id ?? '']);
    await ledger.markTold([]);
    expect(await untoldOf(chatId)).toEqual(told.slice(1));
  });

  it('that said "later" are due at once when what stood in the way is gone', async () => {
    const { ledger } = under.store;
    const { chatId } = await plan([1]);
    const lane = await claimed(chatId);
    const rows = await take(lane);
    const notBefore = NOON + 900_000;
    await ledger.recordOutcomes(
      lane,
      rows.map((row) => ({ actionId: row.action.id, again: true, notBefore })),
    );
    expect(await take(lane)).toEqual([]);
    await ledger.retryNow(lane.botId, chatId);
    expect((await take(lane)).map((row) => row.action.id)).toEqual(rows.map((row) => row.action.id));
  });

  it('stay as they were recorded first', async () => {
    const { ledger } = under.store;
    const { chatId } = await plan([1]);
    const lane = await claimed(chatId);
    const rows = await take(lane);
    await ledger.recordOutcomes(lane, rows.map(doneAt(NOON)));
    await ledger.recordOutcomes(
      lane,
      rows.map((row) => ({ actionId: row.action.id, again: true, notBefore: NOON })),
    );
    await ledger.recordOutcomes(lane, []);
    expect(await untoldOf(chatId)).toMatchObject([{ outcome: DONE, takenAt: NOON }]);
  });
});

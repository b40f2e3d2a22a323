import type { Decision } from '@chatwarden/contracts';
import { NOON } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { aStoreForAll } from '../test/a-store.ts';
import { aCardAction, aDecision, aDeletingDecision, aGroupId, anId } from '../test/samples.ts';

const under = aStoreForAll();

async function rowsOf(decision: Decision): Promise<number[]> {
  const rows = await under.store.sql.query<{ message: number }>(
    'test_rows',
    `select (action->'target'->>'messageId')::int as message from action where group_id = $1 order by position`,
    [decision.groupId],
  );
  return rows.map((row) => row.message);
}

describe('a decision', () => {
  it('is committed with its ledger rows in their order, and found by its message and its event', async () => {
    const { decisions } = under.store;
    const first = aDeletingDecision([9, 3, 5]);
    const second = aDeletingDecision([8, 1], { groupId: first.groupId, chatId: first.chatId, messageId: 8 });
    const { won } = await decisions.commitDecisions([first, second]);
    expect(won.toSorted()).toEqual([first.verdictId, second.verdictId].toSorted());
    expect(await rowsOf(first)).toEqual([9, 3, 5, 8, 1]);
    expect(await decisions.findDecision({ eventId: first.eventId })).toEqual(first);
    expect(await decisions.findDecision({ groupId: first.groupId, messageId: 8 })).toEqual(second);
  });

  it('that is committed again, as after a crash, writes nothing and wins nothing', async () => {
    const { decisions, cards } = under.store;
    const cardId = anId();
    const base = aDeletingDecision([1, 2]);
    const decision = { ...base, actions: [...base.actions, aCardAction(base, cardId)] };
    await decisions.commitDecisions([decision]);
    await cards.cardPosted(cardId, { chatId: decision.chatId, messageId: 70 });
    const before = await under.store.ledger.countByState();
    expect(await decisions.commitDecisions([decision])).toEqual({ won: [] });
    expect(await under.store.ledger.countByState()).toEqual(before);
    expect(await cards.findCard(cardId)).toMatchObject({ state: 'open', cardMessageId: 70 });
  });

  it('that comes second for its event and stage is not written, nor are its actions', async () => {
    const { decisions } = under.store;
    const first = aDeletingDecision([1]);
    const { eventId, groupId, chatId } = first;
    const second = aDeletingDecision([2], { eventId, groupId, chatId, verdictId: anId(), band: 'ask' });
    await decisions.commitDecisions([first]);
    expect(await decisions.commitDecisions([second])).toEqual({ won: [] });
    expect(await decisions.findDecision({ eventId })).toEqual(first);
    expect(await rowsOf(first)).toEqual([1]);
  });

  it('is the first of two in one batch', async () => {
    const first = aDeletingDecision([1]);
    const second = aDeletingDecision([2], { eventId: first.eventId, groupId: first.groupId, chatId: first.chatId });
    expect(await under.store.decisions.commitDecisions([first, second])).toEqual({ won: [first.verdictId] });
    expect(await rowsOf(first)).toEqual([1]);
  });

  it('of another stage stands beside it, and the newest is what is found', async () => {
    const detect = aDecision({ band: 'ask' });
    const llm = aDecision({ ...detect, stage: 'llm', band: 'act', verdictId: anId(), decidedAt: NOON + 5000 });
    const { won } = await under.store.decisions.commitDecisions([detect, llm]);
    expect(won).toHaveLength(2);
    expect(await under.store.decisions.findDecision({ eventId: detect.eventId })).toEqual(llm);
  });

  it('is won once however many commit it at once, each in an order of its own', async () => {
    const batch = Array.from({ length: 30 }, (_, i) => aDeletingDecision([i]));
    const stores = [under.store, await under.another(), await under.another()];
    const results = await Promise.all(
      stores.map((store, i) => store.decisions.commitDecisions(i % 2 ? batch.toReversed() : batch)),
    );
    const won = results.flatMap((result) => result.won);
    expect(won.toSorted()).toEqual(batch.map((decision) => decision.verdictId).toSorted());
    for (const decision of batch) expect(await rowsOf(decision)).toHaveLength(1);
  });

  it('in observe says what would have been done, with no ledger row and no card', async () => {
    const cardId = anId();
    const base = aDeletingDecision([1], { mode: 'observe' });
    const decision = { ...base, actions: [...base.actions, aCardAction(base, cardId)] };
    expect(await under.store.decisions.commitDecisions([decision])).toEqual({ won: [decision.verdictId] });
    expect(await under.store.decisions.findDecision({ eventId: decision.eventId })).toEqual(decision);
    expect(await rowsOf(decision)).toEqual([]);
    expect(await under.store.cards.findCard(cardId)).toBeNull();
  });

  it('is written although its words were cut in the middle of a character', async () => {
    const decision = aDecision({ reasons: ['cut \ud83c', 'nul \u0000', 'a path C:\\u0000 stays'] });
    await under.store.decisions.commitDecisions([decision]);
    const found = await under.store.decisions.findDecision({ eventId: decision.eventId });
    expect(found?.reasons).toEqual(['cut \ufffd', 'nul ', 'a path C:\\u0000 stays']);
  });

  it('is not there when nobody made it', async () => {
    expect(await under.store.decisions.commitDecisions([])).toEqual({ won: [] });
    expect(await under.store.decisions.findDecision({ eventId: anId() })).toBeNull();
    expect(await under.store.decisions.findDecision({ groupId: aGroupId(), messageId: 1 })).toBeNull();
  });
});

describe('the list of decisions', () => {
  it('shows a group’s own, newest first, page by page', async () => {
    const groupId = aGroupId();
    const made = [1, 2, 3, 4, 5].map((i) => aDecision({ groupId, messageId: i, decidedAt: NOON + i }));
    await under.store.decisions.commitDecisions([...made, aDecision()]);
    const page = await under.store.decisions.listDecisions({ groupId, limit: 3 });
    expect(page.map((decision) => decision.messageId)).toEqual([5, 4, 3]);
    const rest = await under.store.decisions.listDecisions({ groupId, before: NOON + 3, limit: 3 });
    expect(rest.map((decision) => decision.messageId)).toEqual([2, 1]);
  });
});

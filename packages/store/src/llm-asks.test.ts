import type { Decision, Verdict } from '@chatwarden/contracts';
import { aVerdict, NOON } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { aStoreForAll } from '../test/a-store.ts';
import { aCardAction, aCorrection, aDecision, anId } from '../test/samples.ts';
import type { LlmClaim, LlmOpinion } from './index.ts';

const under = aStoreForAll();
const LEASE_MS = 60_000;

const opinion = (over: Partial<LlmOpinion> = {}): LlmOpinion => ({
  escalates: true,
  spam: true,
  confidence: 0.9,
  answeredAt: NOON + 1000,
  promptVersion: '1@3',
  sealedReason: new Uint8Array([1, 2]),
  question: anId(),
  ...over,
});

function aQuestion(over: Partial<Decision> = {}): { decision: Decision; verdict: Verdict } {
  const decision = aDecision({ band: 'ask', ...over });
  const { verdictId: id, eventId, groupId, chatId, senderKey: key } = decision;
  const sender = { key, as: 'user', role: 'member' } as const;
  return { decision, verdict: aVerdict({ id, eventId, groupId, chatId, band: 'ask', sender, judgedAt: NOON }) };
}

/** Asked and decided, as it is soon after detection. */
async function asked(over: Partial<Decision> = {}) {
  const { decision, verdict } = aQuestion(over);
  await under.store.decisions.commitDecisions([decision]);
  await under.store.llmAsks.addAsks([verdict]);
  return { decision, verdict };
}

/** Claims all there is, and keeps what is the group's own: tests share a table. */
async function claim(groupId: string, over: Partial<LlmClaim> = {}) {
  const asks = await under.store.llmAsks.claimAsks({
    now: NOON,
    limit: 1000,
    perGroup: 10,
    leaseMs: LEASE_MS,
    ...over,
  });
  return asks.filter(({ verdict }) => verdict.groupId === groupId);
}

describe('an ask', () => {
  it('is claimed once for as long as the claim lasts, and again after it', async () => {
    const { verdict } = await asked();
    const { groupId } = verdict;
    expect(await claim(groupId)).toEqual([{ verdict, tries: 1 }]);
    expect(await claim(groupId)).toEqual([]);
    expect(await claim(groupId, { now: NOON + LEASE_MS })).toEqual([{ verdict, tries: 2 }]);
  });

  it('is one, however often its verdict comes', async () => {
    const { verdict } = await asked();
    await under.store.llmAsks.addAsks([verdict, verdict]);
    expect(await claim(verdict.groupId)).toHaveLength(1);
    await under.store.llmAsks.closeAsk(verdict.eventId, 'noted');
    await under.store.llmAsks.addAsks([verdict]);
    expect(await claim(verdict.groupId, { now: NOON + LEASE_MS })).toEqual([]);
  });

  it('waits for its decision', async () => {
    const { decision, verdict } = aQuestion();
    await under.store.llmAsks.addAsks([verdict]);
    expect(await claim(verdict.groupId)).toEqual([]);
    await under.store.decisions.commitDecisions([decision]);
    expect(await claim(verdict.groupId)).toHaveLength(1);
  });

  it('whose event was decided to be acted on is never claimed', async () => {
    const { decision, verdict } = aQuestion();
    await under.store.decisions.commitDecisions([{ ...decision, band: 'act' }]);
    await under.store.llmAsks.addAsks([verdict]);
    expect(await claim(verdict.groupId)).toEqual([]);
  });

  it('is claimed by one of two processes that look at once', async () => {
    const { verdict } = await asked();
    const { groupId } = verdict;
    const other = await under.another();
    const all = { now: NOON, limit: 1000, perGroup: 10, leaseMs: LEASE_MS };
    const claimed = await Promise.all([under.store, other, under.store].map((store) => store.llmAsks.claimAsks(all)));
    expect(claimed.flat().filter((ask) => ask.verdict.groupId === groupId)).toHaveLength(1);
  });

  it('that was put off is not due before its time', async () => {
    const { verdict } = await asked();
    await claim(verdict.groupId);
    await under.store.llmAsks.putOffAsk(verdict.eventId, NOON + 500);
    expect(await claim(verdict.groupId, { now: NOON + 499 })).toEqual([]);
    expect(await claim(verdict.groupId, { now: NOON + 500 })).toHaveLength(1);
  });

  it('that is too old is closed', async () => {
    const { verdict } = await asked();
    expect(await under.store.llmAsks.expireAsks(NOON)).toBe(0);
    expect(await under.store.llmAsks.expireAsks(NOON + 1)).toBeGreaterThan(0);
    expect(await claim(verdict.groupId)).toEqual([]);
  });
});

describe('claiming', () => {
  it('takes no more of a group at once than its share, and the newest first', async () => {
    const { groupId } = aDecision();
    const made = [];
    for (const judgedAt of [NOON + 1, NOON + 3, NOON + 2]) {
      const { decision, verdict } = aQuestion({ groupId });
      await under.store.decisions.commitDecisions([decision]);
      made.push({ ...verdict, judgedAt });
    }
    await under.store.llmAsks.addAsks(made);
    const first = await claim(groupId, { perGroup: 2 });
    expect(new Set(first.map(({ verdict }) => verdict.judgedAt))).toEqual(new Set([NOON + 2, NOON + 3]));
    expect(await claim(groupId, { perGroup: 2 })).toEqual([]);
    await under.store.llmAsks.closeAsk(first[0]?.verdict.eventId ?? '', 'noted');
    expect((await claim(groupId, { perGroup: 2 })).map(({ verdict }) => verdict.judgedAt)).toEqual([NOON + 1]);
  });
});

describe('an opinion', () => {
  it('that goes further is found again by who comes after a crash, without another try', async () => {
    const { verdict } = await asked();
    await claim(verdict.groupId);
    expect(await under.store.llmAsks.recordOpinion(verdict.eventId, opinion())).toBe('recorded');
    const [again] = await claim(verdict.groupId, { now: NOON + LEASE_MS });
    expect(again).toEqual({
      verdict,
      tries: 1,
      opinion: { spam: true, confidence: 0.9, answeredAt: NOON + 1000 },
    });
  });

  it('that goes further is closed when its verdict has become a decision, and due again until then', async () => {
    const { decision, verdict } = await asked();
    const { eventId, groupId } = verdict;
    const { llmAsks, decisions } = under.store;
    await claim(groupId);
    await llmAsks.recordOpinion(eventId, opinion());
    expect(await llmAsks.closeEscalated(eventId, NOON + 100)).toBe('undecided');
    expect(await claim(groupId, { now: NOON + 99 })).toEqual([]);
    expect(await claim(groupId, { now: NOON + 100 })).toHaveLength(1);
    await decisions.commitDecisions([{ ...decision, stage: 'llm', band: 'act', verdictId: anId() }]);
    expect(await llmAsks.closeEscalated(eventId, NOON + 200)).toBe('decided');
    expect(await claim(groupId, { now: NOON + 2 * LEASE_MS })).toEqual([]);
  });

  it('is the first one that came', async () => {
    const { verdict } = await asked();
    await under.store.llmAsks.recordOpinion(verdict.eventId, opinion({ escalates: false, spam: false }));
    expect(await under.store.llmAsks.recordOpinion(verdict.eventId, opinion())).toBe('closed');
    expect(await claim(verdict.groupId)).toEqual([]);
  });

  it('comes too late once a person has spoken', async () => {
    const { decision, verdict } = await asked();
    const { corrections, llmAsks } = under.store;
    await claim(verdict.groupId);
    await corrections.commitCorrection(aCorrection(decision, { label: 'ham' }), 'cleared', []);
    expect(await llmAsks.recordOpinion(verdict.eventId, opinion())).toBe('closed');
    expect(await claim(verdict.groupId, { now: NOON + LEASE_MS })).toEqual([]);
  });

  it('is found for the same question, in the same group and for a while', async () => {
    const { verdict } = await asked();
    const { groupId, eventId } = verdict;
    const { llmAsks } = under.store;
    const question = anId();
    await llmAsks.recordOpinion(eventId, opinion({ question, spam: false, confidence: 0.7, escalates: false }));
    expect(await llmAsks.findOpinion(groupId, question, NOON)).toEqual({ spam: false, confidence: 0.7 });
    expect(await llmAsks.findOpinion(aDecision().groupId, question, NOON)).toBeNull();
    expect(await llmAsks.findOpinion(groupId, anId(), NOON)).toBeNull();
    expect(await llmAsks.findOpinion(groupId, question, NOON + 1001)).toBeNull();
  });
});

describe('what people decided', () => {
  it('closes the question when it is claimed', async () => {
    const { decision, verdict } = await asked();
    await under.store.corrections.commitCorrection(aCorrection(decision), 'cleared', []);
    expect(await claim(verdict.groupId)).toEqual([]);
    const [row] = await under.store.sql.query('test_llm', 'select state, result from llm_ask where event_id = $1', [
      verdict.eventId,
    ]);
    expect(row).toEqual({ state: 'closed', result: 'decided' });
  });

  it('closes it by the card as well', async () => {
    const { decision, verdict } = aQuestion();
    const card = aCardAction(decision, anId());
    await under.store.decisions.commitDecisions([{ ...decision, actions: [card] }]);
    await under.store.llmAsks.addAsks([verdict]);
    await under.store.sql.query('test_close', `update card set state = 'closed' where event_id = $1`, [
      verdict.eventId,
    ]);
    expect(await claim(verdict.groupId)).toEqual([]);
  });

  it('wins over a decision of the model that comes later', async () => {
    const { decision } = await asked();
    const { decisions, corrections } = under.store;
    await corrections.commitCorrection(aCorrection(decision), 'cleared', []);
    const late = { ...decision, stage: 'llm', band: 'act', verdictId: anId() } as const;
    expect(await decisions.commitDecisions([late])).toEqual({ won: [] });
  });
});

describe('a group’s calls of a day', () => {
  it('are counted by all who make them, up to the most there may be', async () => {
    const { groupId } = aDecision();
    const other = await under.another();
    const spent = await Promise.all(
      [under.store, other, under.store, other].map((store) => store.llmAsks.spendCall(groupId, NOON, 3)),
    );
    expect(spent.filter((each) => each === 'spent')).toHaveLength(1);
    expect(await under.store.llmAsks.spendCall(groupId, NOON + 86_400_000, 3)).toEqual({ left: 2 });
    expect(await under.store.llmAsks.spendCall(aDecision().groupId, NOON, 0)).toBe('spent');
  });
});

describe('what is kept', () => {
  it('goes with the details, with the group and with the person', async () => {
    const { store } = under;
    const count = async (groupId: string) => {
      const text = `select (select count(*) from llm_ask where group_id = $1) + (select count(*) from llm_day where group_id = $1) as n`;
      const [row] = await store.sql.query<{ n: number }>('test_count', text, [groupId]);
      return row?.n;
    };
    const [old, erased, forgotten] = [await asked(), await asked(), await asked()].map((each) => each.verdict);
    if (!old || !erased || !forgotten) throw new Error('three were asked');
    for (const { groupId } of [old, erased]) await store.llmAsks.spendCall(groupId, NOON, 5);
    expect(await store.llmAsks.countWaiting()).toBeGreaterThanOrEqual(3);
    await store.purges.eraseGroup(erased.groupId);
    await store.persons.forgetPerson([{ groupId: forgotten.groupId, sender: forgotten.sender.key }], NOON);
    expect([await count(old.groupId), await count(erased.groupId), await count(forgotten.groupId)]).toEqual([2, 0, 0]);
    await store.purges.purgeDetails(NOON + 2 * 86_400_000);
    expect(await count(old.groupId)).toBe(0);
  });
});

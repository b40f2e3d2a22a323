import type { Action, Decision } from '@chatwarden/contracts';
import { NOON } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { aStoreForAll } from '../test/a-store.ts';
import { aCorrection, aDecision, anId, aSanction } from '../test/samples.ts';

const under = aStoreForAll();

const sanctionOf = ({ groupId, senderKey: sender }: Decision, at = NOON) =>
  under.store.sanctions.findSanction({ groupId, sender, at });

async function decided(over: Partial<Decision>, ...sanctions: Parameters<typeof aSanction>[1][]): Promise<Decision> {
  const decision = aDecision(over);
  const actions = sanctions.map((each) => aSanction(decision, each));
  await under.store.decisions.commitDecisions([{ ...decision, actions }]);
  return { ...decision, actions };
}

async function carryOut({ chatId, actions: [action] }: Decision, result: 'done' | 'failed' | 'again') {
  const holder = { name: anId(), now: NOON, leaseMs: 1000 };
  const lane = (await under.store.ledger.claimLanes(1000, holder)).find((each) => each.chatId === chatId);
  if (!lane || !action) throw new Error('no lane');
  await under.store.ledger.takeActions(lane, holder, 10);
  const { id: actionId } = action;
  const outcome = result === 'done' ? { result } : { result: 'failed' as const, code: 'noRights', text: 'no' };
  const row =
    result === 'again' ? { actionId, again: true as const, notBefore: NOON } : { actionId, outcome, at: NOON };
  await under.store.ledger.recordOutcomes(lane, [row]);
}

describe('a live sanction', () => {
  it('is known from the moment it is planned, with whom it concerns sealed', async () => {
    const decision = await decided({}, { kind: 'restrict', until: NOON + 1000 });
    const target = { sender: 'sealed-501', key: decision.senderKey, as: 'user' };
    expect(await sanctionOf(decision)).toEqual({ kind: 'restrict', until: NOON + 1000, target });
    expect(await sanctionOf({ ...decision, senderKey: anId() })).toBeNull();
  });

  it('is over when its time is', async () => {
    const decision = await decided({}, { kind: 'restrict', until: NOON + 1000 });
    expect(await sanctionOf(decision, NOON + 1000)).toBeNull();
    expect(await sanctionOf(await decided({}, { kind: 'ban' }), NOON * 2)).toMatchObject({ kind: 'ban' });
  });

  it('is the newest when there are several', async () => {
    const first = await decided({}, { kind: 'restrict', until: NOON + 1000 });
    const { groupId, chatId, senderKey } = first;
    await decided({ groupId, chatId, senderKey }, { kind: 'restrict', until: NOON + 5000 }, { kind: 'ban' });
    expect(await sanctionOf(first)).toMatchObject({ kind: 'ban' });
  });

  it('is none when nothing is carried out: in observe, and when Telegram refuses', async () => {
    expect(await sanctionOf(await decided({ mode: 'observe' }, { kind: 'ban' }))).toBeNull();
    const refused = await decided({}, { kind: 'ban' });
    await carryOut(refused, 'failed');
    expect(await sanctionOf(refused)).toBeNull();
  });

  it('stays while it is tried again, and when it is done', async () => {
    const tried = await decided({}, { kind: 'ban' });
    await carryOut(tried, 'again');
    expect(await sanctionOf(tried)).not.toBeNull();
    const done = await decided({}, { kind: 'ban' });
    await carryOut(done, 'done');
    expect(await sanctionOf(done)).not.toBeNull();
  });

  it('ends with the word that lifts it', async () => {
    const decision = await decided({}, { kind: 'ban' });
    const correction = aCorrection(decision, { label: 'ham' });
    const lift: Action = aSanction({ ...decision, verdictId: correction.id }, { kind: 'unban' });
    await under.store.corrections.commitCorrection(correction, 'cleared', [lift]);
    expect(await sanctionOf(decision)).toBeNull();
  });
});

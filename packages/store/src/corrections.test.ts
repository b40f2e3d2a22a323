import { describe, expect, it } from 'vitest';
import { aStoreForAll } from '../test/a-store.ts';
import { aCardAction, aCorrection, aDecision, aDeletion, anId } from '../test/samples.ts';

const under = aStoreForAll();

async function anAskedDecision() {
  const cardId = anId();
  const base = aDecision({ band: 'ask' });
  const decision = { ...base, actions: [aCardAction(base, cardId)] };
  await under.store.decisions.commitDecisions([decision]);
  return { decision, cardId };
}

async function standingOf(decision: { groupId: string; senderKey: string }) {
  const { groupId, senderKey: sender } = decision;
  const { contexts } = await under.store.contexts.loadContext([{ groupId, sender, at: 1 }]);
  const [context] = contexts;
  return context?.standing;
}

async function untoldOf(groupId: string) {
  const all = await under.store.corrections.untoldCorrections(1000);
  return all.filter((correction) => correction.groupId === groupId);
}

describe('a correction', () => {
  it('sets the standing, closes the card and plans its actions, all at once', async () => {
    const { corrections, cards, ledger } = under.store;
    const { decision, cardId } = await anAskedDecision();
    const correction = aCorrection(decision, { label: 'spam' });
    const before = (await ledger.countByState()).planned;
    const actions = [aDeletion({ ...decision, verdictId: correction.id }, 7)];
    expect(await corrections.commitCorrection(correction, 'sanctioned', actions)).toBe('committed');
    expect(await standingOf(decision)).toBe('sanctioned');
    expect(await cards.findCard(cardId)).toMatchObject({ state: 'closed' });
    expect(await cards.findOpenCard(decision.groupId, 7)).toBeNull();
    expect((await ledger.countByState()).planned).toBe(before + 1);
  });

  it('with the same label as before writes nothing', async () => {
    const { corrections, ledger } = under.store;
    const { decision } = await anAskedDecision();
    await corrections.commitCorrection(aCorrection(decision, { label: 'spam' }), 'sanctioned', []);
    const before = await ledger.countByState();
    const again = aCorrection(decision, { label: 'spam' });
    const actions = [aDeletion({ ...decision, verdictId: again.id }, 7)];
    expect(await corrections.commitCorrection(again, 'cleared', actions)).toBe('already');
    expect(await ledger.countByState()).toEqual(before);
    expect(await standingOf(decision)).toBe('sanctioned');
    expect(await untoldOf(decision.groupId)).toHaveLength(1);
  });

  it('may be taken back, and back again', async () => {
    const { corrections } = under.store;
    const { decision } = await anAskedDecision();
    const say = (label: 'spam' | 'ham') =>
      corrections.commitCorrection(aCorrection(decision, { label }), label === 'spam' ? 'sanctioned' : 'cleared', []);
    expect([await say('spam'), await say('ham'), await say('spam')]).toEqual(['committed', 'committed', 'committed']);
    expect(await standingOf(decision)).toBe('sanctioned');
  });

  it('is heard once when two moderators say the same at once', async () => {
    const { decision } = await anAskedDecision();
    const other = await under.another();
    const results = await Promise.all(
      [under.store, other, under.store, other].map((store) =>
        store.corrections.commitCorrection(aCorrection(decision, { label: 'ham' }), 'cleared', []),
      ),
    );
    expect(results.toSorted()).toEqual(['already', 'already', 'already', 'committed']);
  });

  it('needs no decision: a message that passed can be called spam', async () => {
    const passed = aDecision();
    const { supersedes: _supersedes, ...correction } = aCorrection(passed, { label: 'spam' });
    expect(await under.store.corrections.commitCorrection(correction, 'sanctioned', [])).toBe('committed');
    expect(await standingOf(passed)).toBe('sanctioned');
  });

  it('waits to be told, in order, until it was', async () => {
    const { corrections } = under.store;
    const { decision } = await anAskedDecision();
    const said = [aCorrection(decision, { label: 'spam' }), aCorrection(decision, { label: 'ham' })];
    for (const correction of said) await corrections.commitCorrection(correction, 'none', []);
    expect(await untoldOf(decision.groupId)).toEqual(said);
    await corrections.markCorrectionsTold([said[0]?.id ?? '']);
    await corrections.markCorrectionsTold([]);
    expect(await untoldOf(decision.groupId)).toEqual([said[1]]);
  });
});

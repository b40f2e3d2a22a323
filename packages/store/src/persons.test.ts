import { firstContext, type Decision } from '@chatwarden/contracts';
import { NOON } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { aStoreForAll } from '../test/a-store.ts';
import { aCardAction, aChat, aCorrection, aDecision, anId, aSanction } from '../test/samples.ts';
import { policyFromPreset } from '@chatwarden/contracts';
import type { Sanction } from '@chatwarden/contracts';

const under = aStoreForAll();

/** A person with a history in a group of her own: 4 allowed messages, one judged spam, one asked about and answered. */
async function aPerson(sanctions: (Pick<Sanction, 'kind'> & Partial<Sanction>)[] = []) {
  const { store } = under;
  const made = await store.groups.ensureGroup(aChat({ title: 'Chess' }), policyFromPreset('balanced', 'enforce'));
  if (!made) throw new Error('no group');
  const { groupId, chatId } = made.group;
  const sender = anId();
  const of = { groupId, chatId, senderKey: sender };
  const spam = aDecision({ ...of, messageId: 1 });
  const asked = aDecision({ ...of, messageId: 2, band: 'ask' });
  await store.decisions.commitDecisions([
    { ...spam, actions: sanctions.map((each) => aSanction(spam, each)) },
    { ...asked, actions: [aCardAction(asked, anId())] },
  ]);
  await store.evidence.saveEvidence(
    [spam, asked].map(({ verdictId, eventId }, n) => {
      const sealed = new Uint8Array([n, 0, 255]);
      return { verdictId, eventId, groupId, at: NOON + n, sealed };
    }),
  );
  const context = { ...firstContext(NOON).sender, allowedCount: 4 };
  await store.contexts.saveContext([{ groupId, sender, context, lastSeenAt: NOON }]);
  const correction = aCorrection(asked, { label: 'ham' });
  await store.corrections.commitCorrection(correction, 'cleared', []);
  await store.corrections.markCorrectionsTold([correction.id]);
  return { key: { groupId, sender }, spam, asked };
}

const find = (key: { groupId: string; sender: string }, at = NOON) => under.store.persons.findPerson([key], at);
const offencesOf = async ({ groupId, sender }: { groupId: string; sender: string }) =>
  (await under.store.contexts.loadContext([{ groupId, sender, at: NOON + 600_000 }])).contexts[0]?.priorOffences;
const decisionOf = ({ groupId, messageId = 0 }: Decision) => under.store.decisions.findDecision({ groupId, messageId });

describe('what is kept about a person', () => {
  it('is told whole, newest evidence first', async () => {
    const { key, spam, asked } = await aPerson([{ kind: 'restrict', until: NOON + 1000 }]);
    const [record] = await find(key);
    expect(record).toMatchObject({ groupId: key.groupId, title: 'Chess', allowedCount: 4, decisions: 2 });
    expect(record).toMatchObject({ firstSeenAt: NOON, standing: 'cleared' });
    expect(record?.sanction).toEqual({ kind: 'restrict', until: NOON + 1000 });
    expect(record?.evidence.map(({ verdictId, sealed }) => [verdictId, [...sealed]])).toEqual([
      [asked.verdictId, [1, 0, 255]],
      [spam.verdictId, [0, 0, 255]],
    ]);
  });

  it('is nothing for somebody unknown, and nobody is asked about without a key', async () => {
    const { key } = await aPerson();
    expect(await find({ ...key, sender: anId() })).toEqual([]);
    expect(await under.store.persons.findPerson([], NOON)).toEqual([]);
    expect(await under.store.persons.forgetPerson([], NOON)).toEqual({ rows: 0, stillSanctioned: 0 });
  });
});

describe('forgetting a person', () => {
  it('leaves nothing of her, tells nobody else, and is proven without naming her', async () => {
    const { key, spam, asked } = await aPerson();
    const other = await aPerson();
    const { rows, stillSanctioned } = await under.store.persons.forgetPerson([key], NOON);
    expect([rows > 5, stillSanctioned]).toEqual([true, 0]);
    expect(await find(key)).toEqual([]);
    expect([await decisionOf(spam), await decisionOf(asked), await offencesOf(key)]).toEqual([null, null, 0]);
    expect(await under.store.evidence.readEvidence(key.groupId, spam.verdictId)).toBeNull();
    expect(await find(other.key)).toHaveLength(1);
    expect(await under.store.purges.listPurges(1)).toMatchObject([{ what: 'person', groupId: key.groupId, rows }]);
    expect(await under.store.persons.forgetPerson([key], NOON)).toEqual({ rows: 0, stillSanctioned: 0 });
  });

  it('is no way around a ban: it and the offences stay until it ends', async () => {
    const { key } = await aPerson([{ kind: 'restrict', until: NOON + 1000 }]);
    const before = await offencesOf(key);
    expect(await under.store.persons.forgetPerson([key], NOON)).toMatchObject({ stillSanctioned: 1 });
    const [record] = await find(key);
    expect(record).toMatchObject({
      allowedCount: 0,
      standing: 'cleared',
      evidence: [],
      sanction: { kind: 'restrict' },
    });
    expect(await offencesOf(key)).toBe(before);
    expect(await under.store.persons.forgetPerson([key], NOON + 2000)).toMatchObject({ stillSanctioned: 0 });
    expect(await find(key)).toEqual([]);
  });

  it('does not judge an old event twice: that it was decided is still known', async () => {
    const { key, spam } = await aPerson();
    await under.store.persons.forgetPerson([key], NOON);
    expect(await under.store.decisions.commitDecisions([spam])).toEqual({ won: [] });
  });
});

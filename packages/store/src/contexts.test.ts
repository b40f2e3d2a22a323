import { firstContext, type Context, type Decision, type SenderContext } from '@chatwarden/contracts';
import { aPolicy, NOON } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { aStoreForAll } from '../test/a-store.ts';
import { aChat, aCorrection, aDecision, aGroupId, anId } from '../test/samples.ts';
import type { ContextKey, SenderContextRow, Sighting } from './store.ts';

const under = aStoreForAll();
const MINUTE_MS = 60_000;

function aKey(over: Partial<ContextKey> = {}): ContextKey {
  return { groupId: aGroupId(), sender: anId(), at: NOON, ...over };
}

function aRow(key: ContextKey, over: Partial<SenderContext> = {}): SenderContextRow {
  const seen = [{ id: anId(), at: NOON, messageId: 4, fingerprint: 'f'.repeat(16), bad: true as const }];
  const albums = [{ albumId: '12', messageIds: [1, 2] }];
  const context = { version: 0, seen, allowedCount: 3, firstSeenAt: NOON - 5, albums, ...over };
  return { groupId: key.groupId, sender: key.sender, context, lastSeenAt: NOON };
}

async function load(...keys: ContextKey[]): Promise<Context[]> {
  return (await under.store.contexts.loadContext(keys)).contexts;
}

describe('context', () => {
  it('of a sender never seen begins with the event', async () => {
    expect(await load(aKey({ at: NOON + 7 }))).toEqual([firstContext(NOON + 7)]);
    expect(await load()).toEqual([]);
  });

  it('comes back as it was saved, one version on, in the order of the keys', async () => {
    const [a, b, stranger] = [aKey(), aKey(), aKey()];
    const rows = [aRow(a), aRow(b, { allowedCount: 9 })];
    expect(await under.store.contexts.saveContext(rows)).toBe('saved');
    const loaded = await load(b, stranger, a, b);
    const saved = rows.map((row) => ({ ...row.context, version: 1 }));
    expect(loaded.map((each) => each.sender)).toEqual([saved[1], firstContext(NOON).sender, saved[0], saved[1]]);
  });

  it('is saved again and again, each time at the version that was loaded', async () => {
    const key = aKey();
    for (const version of [0, 1, 2]) {
      expect(await under.store.contexts.saveContext([aRow(key, { version, allowedCount: version })])).toBe('saved');
    }
    expect((await load(key))[0]?.sender).toMatchObject({ version: 3, allowedCount: 2 });
  });

  it('is saved whole or not at all when one version has moved on', async () => {
    const [moved, fresh, kept] = [aKey(), aKey(), aKey()];
    await under.store.contexts.saveContext([aRow(moved), aRow(kept)]);
    await under.store.contexts.saveContext([aRow(moved, { version: 1 })]);
    const late = [aRow(fresh), aRow(kept, { version: 1, allowedCount: 99 }), aRow(moved, { version: 1 })];
    expect(await under.store.contexts.saveContext(late)).toBe('conflict');
    const [f, k, m] = await load(fresh, kept, moved);
    expect(f?.sender.version).toBe(0);
    expect(k?.sender).toMatchObject({ version: 1, allowedCount: 3 });
    expect(m?.sender.version).toBe(2);
  });

  it('conflicts when the row is there already, or is gone', async () => {
    const [there, gone] = [aKey(), aKey()];
    await under.store.contexts.saveContext([aRow(there)]);
    expect(await under.store.contexts.saveContext([aRow(there)])).toBe('conflict');
    expect(await under.store.contexts.saveContext([aRow(gone, { version: 4 })])).toBe('conflict');
    expect((await load(gone))[0]?.sender.version).toBe(0);
  });

  it('is saved by one of two batches that meet, in whatever order they name the senders', async () => {
    const keys = Array.from({ length: 40 }, () => aKey());
    const other = await under.another();
    for (const version of [0, 1, 2, 3]) {
      const rows = keys.map((key) => aRow(key, { version }));
      const results = await Promise.all([
        under.store.contexts.saveContext(rows),
        other.contexts.saveContext(rows.toReversed()),
      ]);
      expect(results.sort()).toEqual(['conflict', 'saved']);
    }
  });

  it('keeps going over text that PostgreSQL cannot hold', async () => {
    const key = aKey();
    const albums = [{ albumId: 'a\u0000\ud800', messageIds: [] }];
    expect(await under.store.contexts.saveContext([aRow(key, { albums })])).toBe('saved');
    expect((await load(key))[0]?.sender.albums[0]?.albumId).toBe('a\ufffd');
  });
});

describe('prior offences', () => {
  const key = aKey();
  const commit = (decisions: Partial<Decision>[]) =>
    under.store.decisions.commitDecisions(
      decisions.map((over) => aDecision({ groupId: key.groupId, senderKey: key.sender, ...over })),
    );
  const offencesAt = async (at: number) => (await load({ ...key, at }))[0]?.priorOffences;

  it('are earlier acts of this sender in this group, in observe as well', async () => {
    await commit([
      { occurredAt: NOON, mode: 'observe' },
      { occurredAt: NOON + 1, groupId: aGroupId() },
      { occurredAt: NOON + 2, senderKey: anId() },
      { occurredAt: NOON + 3, band: 'ask' },
    ]);
    expect(await offencesAt(NOON + 2 * MINUTE_MS)).toBe(1);
  });

  it('leave out the incident that is going on', async () => {
    expect(await offencesAt(NOON + MINUTE_MS)).toBe(0);
    expect(await offencesAt(NOON + MINUTE_MS + 1)).toBe(1);
  });

  it('count a flood or an album once', async () => {
    const start = NOON + 10 * MINUTE_MS;
    await commit(Array.from({ length: 5 }, (_, i) => ({ occurredAt: start + i * 20_000, messageId: 100 + i })));
    expect(await offencesAt(start + 5 * MINUTE_MS)).toBe(2);
  });

  it('heed what people said: ham takes an act away, spam makes an ask count', async () => {
    const alone = aKey();
    const own = { groupId: alone.groupId, senderKey: alone.sender };
    const act = aDecision({ ...own, messageId: 1, occurredAt: NOON });
    const ask = aDecision({ ...own, messageId: 2, occurredAt: NOON + 5 * MINUTE_MS, band: 'ask' });
    await under.store.decisions.commitDecisions([act, ask]);
    const at = NOON + 20 * MINUTE_MS;
    await under.store.corrections.commitCorrection(aCorrection(act, { label: 'ham' }), 'cleared', []);
    expect((await load({ ...alone, at }))[0]).toMatchObject({ priorOffences: 0, standing: 'cleared' });
    await under.store.corrections.commitCorrection(aCorrection(ask, { label: 'spam' }), 'sanctioned', []);
    expect((await load({ ...alone, at }))[0]).toMatchObject({ priorOffences: 1, standing: 'sanctioned' });
  });
});

describe('sightings of campaigns', () => {
  const aSighting = (over: Partial<Sighting> = {}): Sighting => ({
    key: anId(),
    groupId: aGroupId(),
    sender: anId(),
    senderAs: 'user',
    messageId: 7,
    eventId: anId(),
    at: NOON,
    newcomer: true,
    bad: false,
    ...over,
  });
  const save = (...sightings: Sighting[]) => under.store.contexts.saveContext([aRow(aKey())], sightings);
  const seen = async (key: string, since = NOON - MINUTE_MS) =>
    (await under.store.contexts.loadContext([aKey(), aKey()], { keys: [key], since })).sightings;

  it('come with the contexts, of every group, none older than asked for', async () => {
    const { key, ...one } = aSighting();
    const other = aSighting({ key, at: NOON - 2 * MINUTE_MS });
    await save({ key, ...one }, other, aSighting());
    expect(await seen(key)).toEqual([{ key, ...one }]);
    expect(await seen(key, NOON - 3 * MINUTE_MS)).toHaveLength(2);
    expect(await seen(anId())).toEqual([]);
  });

  it('are kept once, and can only become bad', async () => {
    const one = aSighting();
    await save(one, { ...one, bad: true });
    await save(one);
    expect(await seen(one.key)).toEqual([{ ...one, bad: true }]);
  });

  it('are not kept when the contexts are not', async () => {
    const key = aKey();
    await under.store.contexts.saveContext([aRow(key)]);
    const one = aSighting();
    expect(await under.store.contexts.saveContext([aRow(key)], [one])).toBe('conflict');
    expect(await seen(one.key)).toEqual([]);
  });

  it('lead to the copies that may be removed: of newcomers, not bad yet, in groups that there are', async () => {
    const made = await under.store.groups.ensureGroup(aChat(), aPolicy());
    if (!made) throw new Error('no group');
    const { groupId, chatId, botId } = made.group;
    const copy = aSighting({ groupId, messageId: 1 });
    const { key } = copy;
    const more = [{ bad: true }, { newcomer: false }, { groupId: aGroupId() }, { at: NOON - 2 * MINUTE_MS }];
    await save(copy, ...more.map((over, n) => aSighting({ key, groupId, messageId: n + 2, ...over })));
    const lookup = { keys: [key], since: NOON - MINUTE_MS };
    expect(await under.store.contexts.findCopies(lookup)).toEqual([{ ...copy, chatId, botId }]);
    expect(await under.store.contexts.findCopies({ keys: [], since: 0 })).toEqual([]);
  });

  it('go by the day', async () => {
    const old = aSighting({ at: NOON - 9 * 86_400_000 });
    await save(old);
    expect(await under.store.contexts.dropSightingsBefore(NOON - 8 * 86_400_000)).toContain('2026-11-15');
    expect(await seen(old.key, 0)).toEqual([]);
  });
});

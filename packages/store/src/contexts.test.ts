import { firstContext, type Context, type Decision, type SenderContext } from '@chatwarden/contracts';
import { NOON } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { aStoreForAll } from '../test/a-store.ts';
import { aCorrection, aDecision, aGroupId, anId } from '../test/samples.ts';
import type { ContextKey, SenderContextRow } from './store.ts';

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
  return under.store.contexts.loadContext(keys);
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

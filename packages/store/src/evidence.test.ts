import { NOON } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { aStoreForAll } from '../test/a-store.ts';
import { aGroupId, anId } from '../test/samples.ts';
import type { Evidence } from './store.ts';

const under = aStoreForAll();
const DAY_MS = 86_400_000;

function anEvidence(over: Partial<Evidence> = {}): Evidence {
  const sealed = new Uint8Array([1, 0, 255, 92]);
  return { verdictId: anId(), eventId: anId(), groupId: aGroupId(), at: NOON, sealed, ...over };
}

describe('evidence', () => {
  it('is read by its group and verdict, byte for byte', async () => {
    const { evidence } = under.store;
    const saved = anEvidence();
    await evidence.saveEvidence([saved, anEvidence()]);
    const read = await evidence.readEvidence(saved.groupId, saved.verdictId);
    expect(read && { ...read, sealed: new Uint8Array(read.sealed) }).toEqual(saved);
    expect(await evidence.readEvidence(aGroupId(), saved.verdictId)).toBeNull();
    await evidence.saveEvidence([]);
  });

  it('may be saved again, over midnight, and by several at once', async () => {
    const batch = [anEvidence({ at: NOON + 3 * DAY_MS }), anEvidence({ at: NOON + 4 * DAY_MS })];
    const other = await under.another();
    await Promise.all([under.store, other, under.store].map((store) => store.evidence.saveEvidence(batch)));
    await under.store.evidence.saveEvidence(batch);
    const [kept] = await under.store.sql.query<{ rows: number }>(
      'test_evidence',
      'select count(*) as rows from evidence where verdict_id = any($1::uuid[])',
      [batch.map((each) => each.verdictId)],
    );
    expect(kept?.rows).toBe(2);
  });

  it('is dropped by whole days, and its days can come again', async () => {
    const { evidence } = under.store;
    const old = anEvidence({ at: NOON - 9 * DAY_MS });
    const kept = anEvidence({ at: NOON - 7 * DAY_MS });
    await evidence.saveEvidence([old, kept]);
    expect(await evidence.dropEvidenceBefore(kept.at)).toEqual(['2026-11-15']);
    expect(await evidence.dropEvidenceBefore(kept.at)).toEqual([]);
    expect(await evidence.readEvidence(old.groupId, old.verdictId)).toBeNull();
    expect(await evidence.readEvidence(kept.groupId, kept.verdictId)).not.toBeNull();
    await evidence.saveEvidence([old]);
    expect(await evidence.readEvidence(old.groupId, old.verdictId)).not.toBeNull();
  });
});

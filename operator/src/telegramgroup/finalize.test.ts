import { describe, expect, it } from 'vitest';
import { aTelegramGroup } from '../../test/builders.ts';
import { aWork, CHAT, NOW } from '../../test/work.ts';
import { createFinalize, type FinalizeDeps } from './finalize.ts';
import type { Retired } from './retire.ts';

const MINUTE_MS = 60_000;

function aDeletion(
  retired: Retired | Error,
  { ageMs = 0, annotations = {}, finalizers = ['chatwarden.io/group'], erased = false } = {},
) {
  const done: string[] = [];
  const group = aTelegramGroup({
    finalizers,
    annotations,
    deletionTimestamp: new Date(NOW - ageMs).toISOString(),
  });
  const work = aWork(group);
  const deps = {
    client: {
      apply: async (_: unknown, object: { metadata: { finalizers: string[] } }) =>
        done.push(`finalizers ${JSON.stringify(object.metadata.finalizers)}`),
    },
    store: {
      groups: { findGroupByChat: async () => (erased ? null : CHAT) },
      policyLocks: { unlockPolicy: async () => done.push('unlock') },
      claims: { releaseClaim: async ({ claimant }: { claimant: string }) => done.push(`release ${claimant}`) },
      steered: { forgetSteered: async ({ cluster }: { cluster: string }) => done.push(`forget ${cluster}`) },
    },
    cluster: 'here',
    retire: async () => {
      if (retired instanceof Error) throw retired;
      return retired;
    },
    timeoutMs: 10 * MINUTE_MS,
    tell: (_: unknown, { reason }: { reason: string }) => done.push(`tell ${reason}`),
  } as unknown as FinalizeDeps;
  return { work, done, run: () => createFinalize(deps)(work) };
}

describe('deleting a TelegramGroup', () => {
  it('ends its locks and its claim once its detectors are gone, and lets it go', async () => {
    const { done, run } = aDeletion({ state: 'done' });
    await run();
    expect(done).toEqual(['unlock', 'release team/gardeners', 'forget here', 'finalizers []']);
  });

  it('leaves the note of a group that was erased, by which its topic is found', async () => {
    const { done, run } = aDeletion({ state: 'done' }, { erased: true });
    await run();
    expect(done).toEqual(['release team/gardeners', 'finalizers []']);
  });

  it('waits for what is not judged yet, and says so', async () => {
    const { work, done, run } = aDeletion({ state: 'waits', reason: 'Draining', message: '3 messages' });
    await run();
    expect(done).toEqual([]);
    expect(work.waits).toEqual([{ status: 'True', reason: 'Deleting', message: '3 messages' }]);
    expect(work.agains).toEqual([2000]);
  });

  it('waits for a database or Kafka that is away, for a while', async () => {
    const { work, done, run } = aDeletion(new Error('no broker answers'));
    await run();
    expect([done, work.waits[0]?.message]).toEqual([[], 'no broker answers']);
  });

  it('lets it go after the time-out, and tells', async () => {
    const { done, run } = aDeletion(new Error('no broker answers'), { ageMs: 11 * MINUTE_MS });
    await run();
    expect(done).toEqual(['tell DeletedEarly', 'finalizers []']);
  });

  it('lets it go when the annotation says so', async () => {
    const { done, run } = aDeletion(new Error('away'), { annotations: { 'chatwarden.io/force-delete': 'true' } });
    await run();
    expect(done).toEqual(['tell DeletedEarly', 'finalizers []']);
  });

  it('has nothing to do for one that never steered its chat', async () => {
    const { done, run } = aDeletion({ state: 'done' }, { finalizers: [] });
    await run();
    expect(done).toEqual([]);
  });
});

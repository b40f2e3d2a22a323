import { dedicatedTopic } from '@chatwarden/contracts';
import { manualClock } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { sweepTopics, type SweepTopicsDeps } from './sweep-topics.ts';

const GROUP = 'g0000000000000001';
const KEEP_MS = 86_400_000;

function aSweep({ dedicated = false, lag = 0, exists = true, fails = false } = {}) {
  const done: string[] = [];
  const clock = manualClock();
  const retired = [{ groupId: GROUP, retiredAt: clock.now() }];
  const deps = {
    clock,
    keepMs: KEEP_MS,
    log: { info: () => undefined, warn: (_: object, message: string) => done.push(message) },
    store: {
      retiredTopics: {
        listRetiredTopics: async (at: number) => retired.filter(({ retiredAt }) => retiredAt < at),
        forgetRetiredTopic: async () => done.push('forget'),
      },
    },
    settings: { routeOf: () => ({ groupId: GROUP, revision: 1, dedicated }) },
    topics: {
      look: async () => new Map(exists ? [[dedicatedTopic(GROUP), { exists, partitions: 6, lag, oldestMs: 0 }]] : []),
      remove: async () => {
        if (fails) throw new Error('no broker answers');
        done.push('remove');
      },
    },
  } as unknown as SweepTopicsDeps;
  return { done, clock, sweep: () => sweepTopics(deps) };
}

async function afterADay(scene: Parameters<typeof aSweep>[0]) {
  const { done, clock, sweep } = aSweep(scene);
  await clock.advance(KEEP_MS + 1);
  return { gone: await sweep(), done };
}

describe('a topic that no group uses', () => {
  it('stays for as long as its records are kept', async () => {
    const { done, sweep } = aSweep();
    expect([await sweep(), done]).toEqual([0, []]);
  });

  it('goes then, and is forgotten', async () => {
    expect(await afterADay({})).toEqual({ gone: 1, done: ['remove', 'forget'] });
  });

  it('stays when something in it was never judged, and somebody is told', async () => {
    const { gone, done } = await afterADay({ lag: 3 });
    expect([gone, done]).toEqual([0, ['a topic that no group uses has messages that nobody judged; it stays']]);
  });

  it('stays when its group uses it again', async () => {
    expect(await afterADay({ dedicated: true })).toEqual({ gone: 0, done: ['forget'] });
  });

  it('is forgotten when somebody else has deleted it', async () => {
    expect(await afterADay({ exists: false })).toEqual({ gone: 1, done: ['forget'] });
  });

  it('is tried again when Kafka is away', async () => {
    const { gone, done } = await afterADay({ fails: true });
    expect([gone, done]).toEqual([0, ['a topic could not be deleted, and is tried again: no broker answers']]);
  });
});

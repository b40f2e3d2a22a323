import { dedicatedTopic } from '@chatwarden/contracts';
import { manualClock } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { createTopicWatch } from './topic-watch.ts';

const A = 'g000000000000000a';
const B = 'g000000000000000b';

function aWatch() {
  const ages = new Map([[A, 0]]);
  const changed: string[] = [];
  const asked: string[][] = [];
  const clock = manualClock();
  const watch = createTopicWatch({
    clock,
    topics: {
      look: async (topics) => {
        asked.push([...topics]);
        const facts = [...ages].map(
          ([id, oldestMs]) => [dedicatedTopic(id), { exists: true, partitions: 6, lag: 9, oldestMs }] as const,
        );
        return new Map(facts);
      },
    },
    onChange: (groupId) => changed.push(groupId),
  });
  return { watch, ages, changed, asked, clock };
}

describe('the watch over topics', () => {
  it('asks about all of them at once, and knows which do not exist', async () => {
    const { watch, asked } = aWatch();
    await watch.lookAtAll([A, B]);
    expect(asked).toEqual([[dedicatedTopic(A), dedicatedTopic(B)]]);
    expect([watch.factsOf(A)?.partitions, watch.factsOf(B)?.exists]).toEqual([6, false]);
  });

  it('forgets groups that are not dedicated any more', async () => {
    const { watch } = aWatch();
    await watch.lookAtAll([A]);
    await watch.lookAtAll([]);
    expect(watch.factsOf(A)).toBeUndefined();
  });

  it('calls a group late when messages wait for long twice in a row, since the first time', async () => {
    const { watch, ages, clock } = aWatch();
    ages.set(A, 16_000);
    await watch.lookAtAll([A]);
    expect(watch.lateSince(A)).toBeUndefined();
    const since = clock.now();
    await clock.advance(15_000);
    await watch.lookAtAll([A]);
    expect(watch.lateSince(A)).toBe(since);
    ages.set(A, 1000);
    await watch.lookAtAll([A]);
    expect(watch.lateSince(A)).toBeUndefined();
  });

  it('tells of a group only when something changes that a reconcile would say', async () => {
    const { watch, ages, changed } = aWatch();
    await watch.lookAtAll([A]);
    changed.length = 0;
    ages.set(A, 4000);
    await watch.lookAtAll([A]);
    expect(changed).toEqual([]);
    ages.set(A, 16_000);
    await watch.lookAtAll([A]);
    await watch.lookAtAll([A]);
    await watch.lookAtAll([A]);
    expect(changed).toEqual([A]);
  });
});

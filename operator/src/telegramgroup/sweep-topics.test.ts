import { dedicatedTopic } from '@chatwarden/contracts';
import { manualClock } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { sweepTopics, type SweepTopicsDeps } from './sweep-topics.ts';

const GROUP = 'g0000000000000001';
const KEEP_MS = 86_400_000;
const NONE = { gone: 0, unread: 0 };

interface Scene {
  dedicated?: boolean;
  lag?: number;
  exists?: boolean;
  fails?: boolean;
  unread?: boolean;
  behind?: string[];
  wanted?: boolean;
}

function aSweep(given: Scene = {}) {
  const scene = {
    dedicated: false,
    lag: 0,
    exists: true,
    fails: false,
    behind: [] as string[],
    wanted: false,
    ...given,
  };
  const done: string[] = [];
  const clock = manualClock();
  const retired = [{ groupId: GROUP, retiredAt: clock.now(), unread: scene.unread ?? false }];
  const note = (_: object, message: string) => void done.push(message);
  const deps = {
    clock,
    keepMs: KEEP_MS,
    log: { info: () => undefined, warn: note },
    store: {
      retiredTopics: {
        listRetiredTopics: async (at: number) => retired.filter(({ retiredAt }) => retiredAt < at),
        forgetRetiredTopic: async () => done.push('forget'),
        markUnread: async (_: string, is: boolean) => done.push(`unread: ${is}`),
      },
    },
    settings: { routeOf: () => ({ groupId: GROUP, revision: 1, dedicated: scene.dedicated }) },
    publishersBehind: async () => scene.behind,
    isWanted: () => scene.wanted,
    topics: {
      look: async () => {
        const facts = { exists: true, partitions: 6, lag: scene.lag, oldestMs: 0 };
        return new Map(scene.exists ? [[dedicatedTopic(GROUP), facts]] : []);
      },
      remove: async () => {
        if (scene.fails) throw new Error('no broker answers');
        done.push('remove');
      },
    },
  } as unknown as SweepTopicsDeps;
  return { done, clock, sweep: () => sweepTopics(deps) };
}

async function after(ms: number, scene: Scene) {
  const { done, clock, sweep } = aSweep(scene);
  await clock.advance(ms);
  return [await sweep(), done];
}
const afterADay = (scene: Scene) => after(KEEP_MS + 1, scene);
const soon = (scene: Scene) => after(1, scene);

describe('a topic that no group uses', () => {
  it('stays for as long as its records are kept', async () => {
    expect(await soon({})).toEqual([NONE, []]);
  });

  it('goes then, and is forgotten', async () => {
    expect(await afterADay({})).toEqual([{ gone: 1, unread: 0 }, ['remove', 'forget']]);
  });

  const TOLD = 'the shared detectors judge what is left in a topic without its own';

  it('is the business of the shared detectors at once when something in it was never judged', async () => {
    expect(await soon({ lag: 3 })).toEqual([{ gone: 0, unread: 1 }, ['unread: true', TOLD]]);
    expect(await afterADay({ lag: 3, unread: true })).toEqual([{ gone: 0, unread: 1 }, []]);
  });

  it('is theirs until nothing is left, and no publisher may add to it', async () => {
    expect(await soon({ unread: true, behind: ['bot-1'] })).toEqual([{ gone: 0, unread: 1 }, []]);
    expect(await soon({ unread: true })).toEqual([NONE, ['unread: false']]);
  });

  it('stays while a publisher may still use it', async () => {
    expect(await afterADay({ behind: ['bot-1'] })).toEqual([NONE, []]);
  });

  it('stays when a TelegramGroup is about to use it again, and is forgotten once it does', async () => {
    expect(await afterADay({ wanted: true })).toEqual([NONE, []]);
    expect(await afterADay({ dedicated: true })).toEqual([NONE, ['forget']]);
  });

  it('is forgotten when somebody else has deleted it', async () => {
    expect(await afterADay({ exists: false })).toEqual([NONE, ['forget']]);
    expect(await afterADay({ exists: false, unread: true })).toEqual([NONE, ['unread: false', 'forget']]);
  });

  it('is tried again when Kafka is away', async () => {
    const why = 'a topic could not be deleted, and is tried again: no broker answers';
    expect(await afterADay({ fails: true })).toEqual([NONE, [why]]);
  });
});

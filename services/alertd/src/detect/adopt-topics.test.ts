import { Failure, type GroupId } from '@chatwarden/contracts';
import { silentLogger } from '@chatwarden/daemon';
import { manualClock } from '@chatwarden/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { adoptTopics } from './adopt-topics.ts';

const [ONE, OTHER] = ['g0000000000000001', 'g0000000000000002'];

/** A shared detector, what the operator says is left, and what it joins. */
function aDetector() {
  const clock = manualClock();
  const world = {
    left: [] as GroupId[],
    away: false,
    /** What joining a topic waits for, or fails with. */
    door: (() => Promise.resolve()) as (groupId: GroupId) => Promise<unknown>,
  };
  const did: string[] = [];
  const { stop } = adoptTopics({
    list: async () => {
      if (world.away) throw new Failure('postgresAway', 'now', { message: 'PostgreSQL is away' });
      return world.left;
    },
    join: async (groupId) => {
      await world.door(groupId);
      did.push(`joins ${groupId}`);
      return { close: async () => void did.push(`leaves ${groupId}`) };
    },
    onChange: (adopted) => did.push(`${adopted}`),
    clock,
    log: silentLogger(),
  });
  onTestFinished(stop);
  const settled = () => new Promise(setImmediate);
  const pass = async () => {
    await settled();
    await clock.advance(5000);
    await settled();
  };
  const joined = () => did.filter((one) => /joins|leaves/.test(one));
  return { world, did, pass, stop, joined };
}

describe('a shared detector', () => {
  it('consumes what is left of groups without their own, until nothing is', async () => {
    const { world, pass, joined, did } = aDetector();
    world.left = [ONE, OTHER];
    await pass();
    await pass();
    expect(joined()).toEqual([`joins ${ONE}`, `joins ${OTHER}`]);
    expect(did.at(-1)).toBe('2');
    world.left = [OTHER];
    await pass();
    expect(joined().slice(2)).toEqual([`leaves ${ONE}`]);
    expect(did.at(-1)).toBe('1');
  });

  it('goes on as it was while PostgreSQL is away', async () => {
    const { world, pass, joined } = aDetector();
    world.left = [ONE];
    await pass();
    world.away = true;
    await pass();
    expect(joined()).toEqual([`joins ${ONE}`]);
  });

  it('is not held up by a topic that cannot be joined, and tries it again', async () => {
    const { world, pass, joined } = aDetector();
    const kafka = Promise.withResolvers<void>();
    world.left = [ONE, OTHER];
    world.door = (groupId) => (groupId === ONE ? kafka.promise : Promise.resolve());
    await pass();
    expect(joined()).toEqual([`joins ${OTHER}`]);
    kafka.reject(new Error('no broker answers'));
    await pass();
    world.door = () => Promise.resolve();
    await pass();
    expect(joined()).toEqual([`joins ${OTHER}`, `joins ${ONE}`]);
  });

  it('leaves all when it stops, also what it has not joined yet', async () => {
    const { world, pass, joined, stop } = aDetector();
    const kafka = Promise.withResolvers<void>();
    world.left = [ONE, OTHER];
    world.door = (groupId) => (groupId === ONE ? kafka.promise : Promise.resolve());
    await pass();
    await stop();
    expect(joined()).toEqual([`joins ${OTHER}`, `leaves ${OTHER}`]);
    kafka.resolve();
    await new Promise(setImmediate);
    expect(joined().slice(2)).toEqual([`joins ${ONE}`, `leaves ${ONE}`]);
  });
});

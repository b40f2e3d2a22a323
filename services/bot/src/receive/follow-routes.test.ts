import { Failure } from '@chatwarden/contracts';
import { silentLogger } from '@chatwarden/daemon';
import { manualClock } from '@chatwarden/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { followRoutes } from './follow-routes.ts';

const SECOND_MS = 1000;

/** Settings at a revision, and a table that shows what was told of this process. */
function aPublisher() {
  const clock = manualClock();
  const world = { revision: 7, away: false, applied: 0 };
  const told: (number | 'withdrawn')[] = [];
  const answer = (tell: () => void) => {
    if (world.away) throw new Failure('postgresAway', 'later', { message: 'PostgreSQL is away' });
    tell();
  };
  const routes = followRoutes({
    publishers: {
      reportPublisher: async ({ revision, at, termMs }) => {
        expect([at, termMs]).toEqual([clock.now(), 60_000]);
        answer(() => told.push(revision));
      },
      withdrawPublisher: async () => answer(() => told.push('withdrawn')),
    },
    settings: {
      refresh: async () => answer(() => (world.applied = world.revision)),
      revision: () => world.applied,
    },
    name: 'bot-0',
    clock,
    log: silentLogger(),
  });
  const stopping = new AbortController();
  onTestFinished(() => stopping.abort());
  const pass = () => clock.advance(SECOND_MS);
  const begin = async () => {
    void routes.follow(stopping.signal);
    await clock.advance(0);
  };
  return { world, told, routes, pass, clock, begin };
}

describe('a publisher', () => {
  it('is listed before it reads routes, and then with what it has read', async () => {
    const { told, routes, begin } = aPublisher();
    expect(told).toEqual([]);
    await begin();
    await routes.listed;
    expect(told).toEqual([0, 7]);
  });

  it('tells of a new revision once it has read it, and renews in between', async () => {
    const { world, told, routes, pass, begin } = aPublisher();
    await begin();
    await routes.listed;
    world.revision = 8;
    await pass();
    for (let seconds = 0; seconds < 19; seconds += 1) await pass();
    expect(told).toEqual([0, 7, 8]);
    await pass();
    expect(told).toEqual([0, 7, 8, 8]);
  });

  it('does not claim to know routes while something of its is on the way by older ones', async () => {
    const { world, told, routes, pass, begin } = aPublisher();
    await begin();
    await routes.listed;
    const [slow, failing] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const first = routes.inUse(() => slow.promise);
    const second = routes.inUse(() => failing.promise);
    world.revision = 8;
    await pass();
    slow.resolve();
    await first;
    await pass();
    expect(told).toEqual([0, 7]);
    failing.reject(new Error('Kafka is away'));
    await expect(second).rejects.toThrow('Kafka is away');
    await pass();
    expect(told).toEqual([0, 7, 8]);
  });

  it('goes on with the routes that it has while PostgreSQL is away', async () => {
    const { world, told, routes, clock, begin } = aPublisher();
    await begin();
    await routes.listed;
    world.away = true;
    for (let minutes = 0; minutes < 3; minutes += 1) await clock.advance(60_000);
    expect(await routes.inUse(async () => 'published')).toBe('published');
    world.away = false;
    await clock.advance(60_000);
    expect(told).toEqual([0, 7, 7]);
  });

  it('is not listed before PostgreSQL knows of it', async () => {
    const { world, told, routes, clock, begin } = aPublisher();
    let listed = false;
    void routes.listed.then(() => (listed = true));
    world.away = true;
    await begin();
    await clock.advance(60_000);
    expect([listed, told]).toEqual([false, []]);
    world.away = false;
    await clock.advance(60_000);
    expect([listed, told]).toEqual([true, [0, 7]]);
  });

  it('is listed no more when it stops, and stops even when that cannot be told', async () => {
    const { world, told, routes, begin } = aPublisher();
    await routes.withdraw();
    expect(told).toEqual([]);
    await begin();
    await routes.listed;
    world.away = true;
    await expect(routes.withdraw()).resolves.toBeUndefined();
    world.away = false;
    await routes.withdraw();
    expect(told).toEqual([0, 7, 'withdrawn']);
  });

  it('stays listed when something may still be on its way', async () => {
    const { told, routes, begin } = aPublisher();
    await begin();
    await routes.listed;
    const cut = Promise.withResolvers<void>();
    const publishing = routes.inUse(() => cut.promise);
    await routes.withdraw();
    cut.resolve();
    await publishing;
    expect(told).toEqual([0, 7]);
  });
});

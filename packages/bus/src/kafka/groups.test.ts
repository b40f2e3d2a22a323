import { hasKafka } from '@chatwarden/testkit/kafka';
import { describe, expect, it } from 'vitest';
import {
  aCluster,
  aCollector,
  aKafkaBus,
  hasAll,
  idsOf,
  QUICK,
  someEvents,
  subscribeTo,
  totalOf,
  until,
} from '../../test/a-kafka-bus.ts';

describe.skipIf(!hasKafka())('groups on Kafka (needs Kafka)', () => {
  it('begin at the earliest record when they join for the first time', async () => {
    const { connection } = await aCluster();
    const { bus } = aKafkaBus(connection);
    const events = someEvents(30);
    await bus.publish('events', events);
    const seen = aCollector();
    await subscribeTo(bus, seen.handle);
    await until(() => hasAll(seen.handled, idsOf(events)));
    expect(new Set(seen.handled).size).toBe(30);
  });

  it('begin at the earliest record of partitions that are new', async () => {
    const { connection, admin } = await aCluster({ partitions: 1 });
    const { bus } = aKafkaBus({ ...connection, tuning: QUICK });
    const seen = aCollector();
    await subscribeTo(bus, seen.handle);
    await bus.publish('events', someEvents(5));
    await until(() => seen.handled.length >= 5);
    const [grown] = await admin.ensureTopics({ topics: ['events'], replication: 1, partitions: 1, growTo: 6 });
    expect(grown).toMatchObject({ state: 'grown' });
    // Another producer knows the new partitions from the start, and fills them before the group looks again.
    const { bus: other } = aKafkaBus(connection);
    const events = someEvents(60, 100);
    await other.publish('events', events);
    await until(() => hasAll(seen.handled, idsOf(events)));
    const filled = (await bus.positionsOf('events', 'only')).filter(({ offset }) => offset !== undefined);
    expect(filled.length).toBeGreaterThan(1);
  });

  it('go on where they were after everybody was away', async () => {
    const { connection } = await aCluster();
    const first = aKafkaBus(connection);
    const [seen, later] = [aCollector(), aCollector()];
    await subscribeTo(first.bus, seen.handle);
    await first.bus.publish('events', someEvents(20));
    await until(async () => (await totalOf(first.bus)).lag === 0);
    await first.bus.close();
    const second = aKafkaBus(connection);
    const missed = someEvents(20, 100);
    await second.bus.publish('events', missed);
    await subscribeTo(second.bus, later.handle);
    await until(() => hasAll(later.handled, idsOf(missed)));
    expect(new Set(later.handled)).toEqual(new Set(idsOf(missed)));
  });

  it('share partitions, and one takes over at once when the other leaves', async () => {
    const { connection } = await aCluster();
    const [one, other] = [aKafkaBus({ ...connection, tuning: QUICK }), aKafkaBus({ ...connection, tuning: QUICK })];
    const [first, second] = [aCollector(), aCollector()];
    await subscribeTo(one.bus, first.handle);
    const leaving = await subscribeTo(other.bus, second.handle);
    let from = 0;
    await until(async () => {
      await one.bus.publish('events', someEvents(24, (from += 100)));
      return first.handled.length > 0 && second.handled.length > 0;
    });
    const startedAt = performance.now();
    await leaving.close();
    const events = someEvents(24, 1_000_000);
    await one.bus.publish('events', events);
    await until(() => hasAll(first.handled, idsOf(events)));
    expect(performance.now() - startedAt).toBeLessThan(QUICK.sessionTimeoutMs);
    const total = await totalOf(one.bus);
    expect(total.lag).toBe(0);
  });

  it('hold no partition up for another: a rebalance waits for the batch in hand and loses nothing', async () => {
    const { connection } = await aCluster();
    const { bus } = aKafkaBus({ ...connection, tuning: QUICK });
    const gate = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    const first = aCollector(async () => {
      started.resolve();
      await gate.promise;
    });
    const second = aCollector();
    await subscribeTo(bus, first.handle);
    const events = someEvents(24);
    await bus.publish('events', events);
    await started.promise;
    const joining = subscribeTo(aKafkaBus({ ...connection, tuning: QUICK }).bus, second.handle);
    gate.resolve();
    await joining;
    await until(() => hasAll([...first.handled, ...second.handled], idsOf(events)));
    expect(first.handled.length + second.handled.length).toBe(events.length);
  });

  it('keep a member whose handler waits for longer than the session', async () => {
    const { connection } = await aCluster();
    const { bus } = aKafkaBus({ ...connection, tuning: QUICK });
    const until6s = Date.now() + QUICK.sessionTimeoutMs + 1000;
    const seen = aCollector(async (_, { signal }) => {
      while (Date.now() < until6s && !signal.aborted) await new Promise((resolve) => setTimeout(resolve, 50));
    });
    await subscribeTo(bus, seen.handle);
    const events = someEvents(12);
    await bus.publish('events', events);
    await until(() => hasAll(seen.handled, idsOf(events)));
    await until(async () => (await totalOf(bus)).lag === 0);
    expect(seen.handled).toHaveLength(12);
  });

  it('stand still while paused and go on after it', async () => {
    const { connection } = await aCluster();
    const { bus } = aKafkaBus({ ...connection, tuning: QUICK });
    const [seen, other] = [aCollector(), aCollector()];
    const subscription = await subscribeTo(bus, seen.handle);
    await subscribeTo(bus, other.handle, 'other');
    subscription.pause();
    const events = someEvents(12);
    await bus.publish('events', events);
    await until(() => hasAll(other.handled, idsOf(events)));
    expect(seen.handled).toEqual([]);
    expect(await bus.hasUnhandledBefore('events', 'only', Date.now() + 1000)).toBe(true);
    subscription.resume();
    await until(() => hasAll(seen.handled, idsOf(events)));
    await until(async () => (await totalOf(bus)).lag === 0);
    expect(await bus.hasUnhandledBefore('events', 'only', Date.now() + 1000)).toBe(false);
  });
});

import { dedicatedTopic } from '@chatwarden/contracts';
import { hasKafka } from '@chatwarden/testkit/kafka';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createClient } from './connect/connection.ts';
import {
  aCluster,
  aCollector,
  aKafkaBus,
  idsOf,
  hasAll,
  QUICK,
  someEvents,
  subscribeTo,
  until,
} from '../../test/a-kafka-bus.ts';

const OWN = dedicatedTopic('g0000000000000001');
const OTHERS = dedicatedTopic('g0000000000000002');

describe.skipIf(!hasKafka())('topics of single groups (needs Kafka)', () => {
  it('are described together, those that are not there too', async () => {
    const { admin } = await aCluster({ topics: ['events', OWN], partitions: 3 });
    expect(await admin.describe([OTHERS, OWN, 'events'])).toEqual([
      { topic: OTHERS, partitions: 0 },
      { topic: OWN, partitions: 3 },
      { topic: 'events', partitions: 3 },
    ]);
  });

  it('are made with as many partitions as each is to have, grow, and never shrink', async () => {
    const { admin } = await aCluster();
    const topics = [OWN, OTHERS];
    const ensure = (...perTopic: [typeof OWN, number][]) =>
      admin.ensureTopics({ topics, replication: 1, perTopic: new Map(perTopic) });
    await ensure([OWN, 2], [OTHERS, 8]);
    expect(await admin.describe(topics)).toMatchObject([{ partitions: 2 }, { partitions: 8 }]);
    const grown = await ensure([OWN, 4], [OTHERS, 4]);
    expect(grown.map(({ state }) => state)).toEqual(['grown', 'grown', 'kept', 'kept']);
    expect(await admin.describe(topics)).toMatchObject([{ partitions: 4 }, { partitions: 8 }]);
    const again = await ensure([OWN, 4], [OTHERS, 8]);
    expect(again.map(({ state, differences }) => [state, differences])).toEqual(grown.map(() => ['kept', []]));
  });
});

describe.skipIf(!hasKafka())('a group seen from outside (needs Kafka)', () => {
  it('is found under the names that its bus gives it', async () => {
    const { connection, admin } = await aCluster();
    const { bus } = aKafkaBus(connection);
    await subscribeTo(bus, aCollector().handle);
    const { topic, consumerGroup } = admin.namesOf('events', 'only');
    const kafka = createClient(connection).admin();
    onTestFinished(() => kafka.disconnect());
    await kafka.connect();
    const { groups } = await kafka.describeGroups([consumerGroup]);
    expect(groups[0]?.members).toHaveLength(1);
    expect(await kafka.listTopics()).toContain(topic);
  });

  it('is behind by what it has not handled, whether it ever joined or not', async () => {
    const { connection, admin } = await aCluster({ topics: ['events', 'actions'], partitions: 3 });
    const { bus } = aKafkaBus(connection);
    await bus.publish('events', someEvents(30));
    const [events, actions] = await admin.lagOf(['events', OWN, 'actions'], 'only');
    expect(events).toMatchObject({ topic: 'events', records: 30 });
    expect(events?.partitions.map(({ partition }) => partition)).toEqual([0, 1, 2]);
    expect(events?.partitions.reduce((sum, { records }) => sum + records, 0)).toBe(30);
    expect(actions).toMatchObject({ topic: 'actions', records: 0, oldestMs: 0 });
    const seen = aCollector();
    await subscribeTo(bus, seen.handle);
    await until(async () => (await admin.lagOf(['events'], 'only'))[0]?.records === 0);
    expect(seen.handled).toHaveLength(30);
  });

  it('knows about how old the oldest is that waits', async () => {
    const { connection, admin } = await aCluster();
    const { bus } = aKafkaBus(connection);
    const before = Date.now();
    await bus.publish('events', someEvents(3));
    const after = Date.now();
    const oldestMs = async () => (await admin.lagOf(['events'], 'only'))[0]?.oldestMs ?? 0;
    await until(async () => (await oldestMs()) >= 2000);
    const since = Date.now() - after;
    const told = await oldestMs();
    expect(told).toBeGreaterThan(since / 2);
    expect(told).toBeLessThanOrEqual(Date.now() - before);
  });

  it('tells its members with their share, and who has left is none', async () => {
    const { connection, admin } = await aCluster({ partitions: 3 });
    expect(await admin.membersOf('events', 'only')).toEqual([]);
    const one = aKafkaBus({ ...connection, clientId: 'detect-blue-0', tuning: QUICK });
    const other = aKafkaBus({ ...connection, clientId: 'detect-green-0', tuning: QUICK });
    const seen = aCollector();
    await subscribeTo(one.bus, seen.handle);
    const leaving = await subscribeTo(other.bus, seen.handle);
    const shares = async () => {
      const members = await admin.membersOf('events', 'only');
      return members.toSorted((a, b) => a.clientId.localeCompare(b.clientId)).map((m) => [m.clientId, m.partitions]);
    };
    await until(async () => (await shares()).every(([, partitions]) => Number(partitions) > 0));
    expect((await shares()).map(([clientId]) => clientId)).toEqual(['detect-blue-0', 'detect-green-0']);
    const [member] = await admin.membersOf('events', 'only');
    // Its own address as the broker sees it: in Docker that is the bridge's.
    expect(member?.host).toMatch(/^\/\d+(\.\d+){3}$/);
    await leaving.close();
    await until(async () => (await admin.membersOf('events', 'only')).length === 1);
    expect((await shares())[0]?.[0]).toBe('detect-blue-0');
  });

  it('goes with its positions once nobody is in it, and not before', async () => {
    const { connection, admin } = await aCluster();
    await admin.deleteGroup('events', 'only');
    const { bus } = aKafkaBus({ ...connection, tuning: QUICK });
    const events = someEvents(5);
    await bus.publish('events', events);
    const seen = aCollector();
    const subscription = await subscribeTo(bus, seen.handle);
    await until(() => hasAll(seen.handled, idsOf(events)));
    await expect(admin.deleteGroup('events', 'only')).rejects.toThrow('DeleteGroups');
    await subscription.close();
    await admin.deleteGroup('events', 'only');
    expect(await admin.lagOf(['events'], 'only')).toMatchObject([{ records: 5 }]);
  });
});

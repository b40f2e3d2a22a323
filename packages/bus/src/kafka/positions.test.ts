import { Failure } from '@chatwarden/contracts';
import { hasKafka } from '@chatwarden/testkit/kafka';
import { describe, expect, it } from 'vitest';
import {
  aCluster,
  aCollector,
  aKafkaBus,
  bareKafka,
  QUICK,
  someEvents,
  subscribeTo,
  totalOf,
  until,
} from '../../test/a-kafka-bus.ts';

const away = () => new Failure('away', 'later', { message: 'a dependency is away' });

describe.skipIf(!hasKafka())('positions and counts (needs Kafka)', () => {
  it('are committed together, and a count of a try that threw is forgotten', async () => {
    const { connection } = await aCluster();
    const { bus } = aKafkaBus(connection);
    let failures = 2;
    const seen = aCollector(async (batch, { count }) => {
      count('indexed', batch.length);
      failures -= 1;
      if (failures >= 0) throw away();
      count('bytes', 10 * batch.length);
    });
    await subscribeTo(bus, seen.handle);
    await bus.publish('events', someEvents(30));
    await until(async () => (await totalOf(bus)).lag === 0);
    expect(await totalOf(bus)).toEqual({ counts: { indexed: 30, bytes: 300 }, lag: 0 });
  });

  it('survive a restart and a rebalance', async () => {
    const { connection } = await aCluster();
    const counting = () => aCollector(async (batch, { count }) => count('seen', batch.length));
    const first = aKafkaBus({ ...connection, tuning: QUICK });
    await subscribeTo(first.bus, counting().handle);
    await first.bus.publish('events', someEvents(24));
    await until(async () => (await totalOf(first.bus)).lag === 0);
    await first.bus.close();
    const second = aKafkaBus({ ...connection, tuning: QUICK });
    await subscribeTo(second.bus, counting().handle);
    await second.bus.publish('events', someEvents(24, 100));
    await until(async () => (await totalOf(second.bus)).lag === 0);
    await subscribeTo(second.bus, counting().handle);
    await second.bus.publish('events', someEvents(24, 200));
    await until(async () => (await totalOf(second.bus)).lag === 0);
    expect((await totalOf(second.bus)).counts).toEqual({ seen: 72 });
  });

  it('alarm when retention took what was not handled, and say how many', async () => {
    const { connection } = await aCluster({ partitions: 1 });
    const first = aKafkaBus(connection);
    const seen = aCollector(async (batch, { count }) => count('seen', batch.length));
    const leaving = await subscribeTo(first.bus, seen.handle);
    await first.bus.publish('events', someEvents(5));
    await until(async () => (await totalOf(first.bus)).lag === 0);
    await leaving.close();
    await first.bus.publish('events', someEvents(20, 100));
    const admin = bareKafka(connection).admin();
    await admin.connect();
    await admin.fetchTopicOffsets(`${connection.prefix}events`);
    const partitions = [{ partition: 0, offset: '18' }];
    await admin.deleteTopicRecords({ topic: `${connection.prefix}events`, partitions });
    await admin.disconnect();
    await subscribeTo(first.bus, seen.handle);
    await until(async () => (await totalOf(first.bus)).counts['seen'] === 12);
    expect(await totalOf(first.bus)).toEqual({ counts: { seen: 12, 'bus.lost': 13 }, lag: 0 });
    expect(first.said).toContainEqual({
      message: expect.stringContaining('out of range: 13 records'),
      fields: expect.objectContaining({ topic: 'events', group: 'only', partition: 0, position: '5', lost: 13 }),
    });
  });

  it('alarm when the topic ends before the position', async () => {
    const { connection } = await aCluster({ partitions: 1 });
    const { bus, said } = aKafkaBus(connection);
    await bus.publish('events', someEvents(3));
    const admin = bareKafka(connection).admin();
    await admin.connect();
    const [topic, groupId] = [`${connection.prefix}events`, `${connection.prefix}only.events`];
    await admin.setOffsets({ groupId, topic, partitions: [{ partition: 0, offset: '50' }] });
    await admin.disconnect();
    const seen = aCollector();
    await subscribeTo(bus, seen.handle);
    await until(() => seen.handled.length === 3);
    expect(said.map(({ message }) => message)).toContainEqual(expect.stringContaining('the topic ends before it'));
  });
});

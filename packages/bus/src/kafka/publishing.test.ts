import { aVerdict } from '@chatwarden/testkit';
import { hasKafka } from '@chatwarden/testkit/kafka';
import { Registry } from 'prom-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aCluster, aCollector, aKafkaBus, realClock, someEvents, subscribeTo, until } from '../../test/a-kafka-bus.ts';
import { createKafkaBus } from './kafka-bus.ts';

/** Nobody listens there. */
const NOWHERE = '127.0.0.1:1';

describe('publishing without Kafka', () => {
  function anOrphan() {
    const publishing = { deadlineMs: 300, waitingBytesMax: 1000 };
    const bus = createKafkaBus({ brokers: [NOWHERE], clientId: 'test', clock: realClock, publishing });
    onTestFinished(() => bus.close());
    return bus;
  }

  it('is told to come again later, and why', async () => {
    await expect(anOrphan().publish('events', someEvents(2))).rejects.toMatchObject({
      code: 'kafkaAway',
      retry: 'later',
      message: expect.stringContaining('not stored within 300 ms'),
    });
  });

  it('keeps no more than it may', async () => {
    const bus = anOrphan();
    const first = bus.publish('events', someEvents(10));
    await expect(bus.publish('events', someEvents(1))).rejects.toMatchObject({ code: 'busFull', retry: 'later' });
    await expect(first).rejects.toMatchObject({ code: 'kafkaAway' });
  });

  it('accepts nothing at once', async () => {
    await expect(anOrphan().publish('events', [])).resolves.toBeUndefined();
  });

  it('gives up waiting for a group when the bus closes', async () => {
    const bus = anOrphan();
    const joining = subscribeTo(bus, aCollector().handle);
    const [joined] = await Promise.allSettled([joining, bus.close()]);
    expect(joined).toMatchObject({ status: 'rejected', reason: { code: 'busClosed', retry: 'later' } });
  });
});

describe.skipIf(!hasKafka())('publishing (needs Kafka)', () => {
  it('refuses a record that is too large by its name, and stores nothing of that call', async () => {
    const { connection } = await aCluster();
    const { bus } = aKafkaBus(connection);
    const [small, large] = someEvents(2);
    if (!small || !large || !('message' in large)) throw new Error('no events');
    large.message.text = 'x'.repeat(1_100_000);
    await expect(bus.publish('events', [small, large])).rejects.toMatchObject({
      code: 'recordTooLarge',
      retry: 'never',
      message: expect.stringContaining(large.id),
    });
    const positions = await bus.positionsOf('events', 'only');
    expect(positions.map(({ lag }) => lag)).toEqual([0, 0, 0]);
  });

  it('goes on for other topics when one is removed', async () => {
    const { connection, admin } = await aCluster({ topics: ['events', 'verdicts'] });
    const { bus } = aKafkaBus({ ...connection, publishing: { deadlineMs: 2000 } });
    await bus.publish('events', someEvents(1));
    await bus.publish('verdicts', [aVerdict()]);
    await bus.positionsOf('verdicts', 'only');
    await admin.removeTopics(['verdicts']);
    await expect(bus.publish('verdicts', [aVerdict()])).rejects.toMatchObject({ code: 'kafkaAway', retry: 'later' });
    await expect(bus.positionsOf('verdicts', 'only')).rejects.toThrow('does not host this topic-partition');
    await bus.publish('events', someEvents(11, 1));
    const positions = await bus.positionsOf('events', 'only');
    expect(positions.reduce((sum, { lag }) => sum + lag, 0)).toBe(12);
  });

  it('stores what is larger than one request in several', async () => {
    const { connection } = await aCluster();
    const { bus } = aKafkaBus(connection);
    const events = someEvents(30);
    for (const event of events) if ('message' in event) event.message.text = 'y'.repeat(100_000);
    await bus.publish('events', events);
    const positions = await bus.positionsOf('events', 'only');
    expect(positions.reduce((sum, { lag }) => sum + lag, 0)).toBe(30);
  });

  it('is measured, and handling too', async () => {
    const { connection } = await aCluster();
    const registry = new Registry();
    const { bus } = aKafkaBus({ ...connection, registry, tuning: { watchMs: 100 } });
    const seen = aCollector();
    await subscribeTo(bus, seen.handle);
    await bus.publish('events', someEvents(12));
    const valueOf = async (name: string) => {
      const values = (await registry.getSingleMetric(name)?.get())?.values ?? [];
      return values.reduce((sum, { value }) => sum + value, 0);
    };
    await until(async () => (await valueOf('chatwarden_bus_handled_records_total')) === 12);
    expect(await valueOf('chatwarden_bus_published_records_total')).toBe(12);
    expect(await valueOf('chatwarden_bus_rebalances_total')).toBe(1);
    await until(async () => (await registry.metrics()).includes('chatwarden_bus_lag_records{'));
    expect(await registry.metrics()).toContain(
      'chatwarden_bus_batch_seconds_bucket{le="30",topic="events",group="only"}',
    );
  });
});

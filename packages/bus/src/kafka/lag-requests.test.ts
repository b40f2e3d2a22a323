// What it costs to ask how far the detectors of many groups are behind, on a real Kafka.
import { createRequire } from 'node:module';
import { dedicatedTopic, type DedicatedTopic } from '@chatwarden/contracts';
import { anEvent } from '@chatwarden/testkit';
import { hasKafka } from '@chatwarden/testkit/kafka';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { aCluster, aKafkaBus, QUICK, until } from '../../test/a-kafka-bus.ts';

const GROUPS = 200;
const GROUP = 'only';

/** Requests that clients of this process send from now on, by their name. */
function countRequests(): Map<string, number> {
  const { prototype } = createRequire(import.meta.url)('kafkajs/src/network/connection') as {
    prototype: { send(what: { request: { apiName: string } }): Promise<unknown> };
  };
  const counted = new Map<string, number>();
  const { send } = prototype;
  const spy = vi.spyOn(prototype, 'send').mockImplementation(function (this: typeof prototype, what) {
    const { apiName } = what.request;
    counted.set(apiName, (counted.get(apiName) ?? 0) + 1);
    return send.call(this, what);
  });
  onTestFinished(() => spy.mockRestore());
  return counted;
}

const topics = Array.from({ length: GROUPS }, (_, index) => dedicatedTopic(`g${String(index).padStart(16, '0')}`));

describe.skipIf(!hasKafka())(`the lag of ${GROUPS} topics (needs Kafka)`, { timeout: 120_000 }, () => {
  it('is asked for topic by topic only where each has a consumer group of its own', async () => {
    const { admin, connection } = await aCluster({ topics, partitions: 1 });
    const { bus } = aKafkaBus({ ...connection, tuning: QUICK });
    const [first, second, third] = topics as [DedicatedTopic, DedicatedTopic, DedicatedTopic];
    const some = (count: number) =>
      Array.from({ length: count }, (_, index) => anEvent({ message: { messageId: index + 1 } }));
    for (const [topic, count] of [
      [first, 3],
      [second, 2],
      [third, 1],
    ] as const) {
      await bus.publish(topic, some(count));
    }
    const subscription = await bus.subscribe({ topic: third, group: GROUP, batchMax: 10, handle: async () => [] });
    const lagOf = async (topic: DedicatedTopic) => (await admin.lagOf([topic], GROUP))[0]?.records;
    await until(async () => (await lagOf(third)) === 0);
    await subscription.close();
    // Who coordinates which group is found out once.
    await admin.lagOf(topics, GROUP);

    const counted = countRequests();
    const lags = await admin.lagOf(topics, GROUP);
    const told = Object.fromEntries(counted);
    expect(lags.map(({ topic }) => topic)).toEqual(topics);
    expect(lags.slice(0, 4).map(({ records }) => records)).toEqual([3, 2, 0, 0]);
    expect(lags.slice(0, 4).every(({ partitions }) => partitions.length === 1)).toBe(true);
    // Two ends of all topics, and five steps towards the ages of those that are behind.
    const { ListOffsets = 0, ...others } = told;
    expect(ListOffsets).toBeLessThanOrEqual(7);
    expect(ListOffsets).toBeGreaterThan(2);
    expect(others).toEqual({ Metadata: 1, OffsetFetch: GROUPS });
  });
});

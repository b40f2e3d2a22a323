import { dedicatedTopic, type Clock } from '@chatwarden/contracts';
import { describe, expect, it } from 'vitest';
import type { Cluster, Coordinator } from '../connect/cluster-door.ts';
import { kafkaNames } from '../connect/names.ts';
import { createReadLags } from './group-lag.ts';

const [ONE, OTHER] = [dedicatedTopic('g0000000000000001'), dedicatedTopic('g0000000000000002')];
const NOW = 1_000_000_000;
const HELD_MS = 40_000;

/** Two brokers and a topic of one partition with ten records, of which `next` is to be handled next. */
function aCluster() {
  const world = { coordinator: 1, next: '7', asked: [] as string[] };
  const brokerOf = (nodeId: number): Coordinator => ({
    nodeId,
    offsetFetch: async ({ topics }) => {
      world.asked.push(`offsets of broker ${nodeId}`);
      if (nodeId !== world.coordinator) throw new Error('this broker is not the coordinator');
      const partitions = [{ partition: 0, offset: world.next, metadata: null }];
      return { responses: topics.map(({ topic }) => ({ topic, partitions })) };
    },
  });
  const client: Cluster = {
    connect: async () => undefined,
    disconnect: async () => undefined,
    refreshMetadata: async () => undefined,
    findTopicPartitionMetadata: (topic) => (topic === ONE ? [{ partitionId: 0 }] : []),
    fetchTopicsOffset: async (wanted) =>
      wanted.map(({ topic, fromBeginning, fromTimestamp }) => {
        const since = fromTimestamp === undefined ? '10' : fromTimestamp > NOW - HELD_MS ? '-1' : '0';
        return { topic, partitions: [{ partition: 0, offset: fromBeginning ? '2' : since }] };
      }),
    findGroupCoordinator: async () => {
      world.asked.push('coordinator');
      return brokerOf(world.coordinator);
    },
    findBroker: async ({ nodeId }) => brokerOf(nodeId),
  };
  const clock = { now: () => NOW } as Clock;
  const lagsOf = createReadLags({ cluster: (ask) => ask(client), names: kafkaNames(), clock });
  return { world, lags: () => lagsOf([OTHER, ONE], 'only') };
}

describe('the lag of a group', () => {
  it('is what it has not handled, and about how old that is; topics that are not there are left out', async () => {
    const { lags } = aCluster();
    const partitions = [{ partition: 0, records: 3 }];
    expect(await lags()).toEqual([{ topic: ONE, records: 3, partitions, oldestMs: 32_000 }]);
  });

  it('is all that is left where nothing was committed, or where retention has gone on', async () => {
    const { world, lags } = aCluster();
    world.next = '-1';
    expect(await lags()).toMatchObject([{ records: 8 }]);
    world.next = '1';
    expect(await lags()).toMatchObject([{ records: 8 }]);
    world.next = '10';
    expect(await lags()).toMatchObject([{ records: 0, oldestMs: 0 }]);
  });

  it('is asked of the broker that coordinates the group, which is looked for again when it has changed', async () => {
    const { world, lags } = aCluster();
    await lags();
    await lags();
    expect(world.asked.splice(0)).toEqual(['coordinator', 'offsets of broker 1', 'offsets of broker 1']);
    world.coordinator = 2;
    await expect(lags()).rejects.toThrow('not the coordinator');
    expect(await lags()).toMatchObject([{ records: 3 }]);
    expect(world.asked).toEqual(['offsets of broker 1', 'coordinator', 'offsets of broker 2']);
  });
});

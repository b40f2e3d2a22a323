import { clientIdOf, dedicatedTopic } from '@chatwarden/contracts';
import { expect, it } from 'vitest';
import { createTopicDoor, type TopicDoorDeps } from './topic-door.ts';

const topic = dedicatedTopic('g0123456789abcdef');

function doorOn(admin: Partial<TopicDoorDeps['admin']>) {
  return createTopicDoor({ admin: admin as TopicDoorDeps['admin'], prefix: 'cw.', replication: 1 });
}

it('knows the colour of a detector by its client id', async () => {
  const clientIds = [clientIdOf('busy-detector-blue-7d9f', 'blue'), clientIdOf('b', 'green'), clientIdOf('c', 'green')];
  const members = [...clientIds, 'somebody-else'].map((clientId) => ({ clientId, host: '/10.0.0.1', partitions: 1 }));
  const { members: membersOf } = doorOn({ membersOf: async () => members });
  expect(await membersOf(topic)).toEqual({ blue: 1, green: 2 });
});

it('asks for the lag of topics only that there are', async () => {
  const asked: string[][] = [];
  const gone = dedicatedTopic('gfedcba9876543210');
  const { look } = doorOn({
    describe: async () => [
      { topic, partitions: 6 },
      { topic: gone, partitions: 0 },
    ],
    lagOf: async (topics) => {
      asked.push([...topics]);
      return [{ topic, records: 7, partitions: [], oldestMs: 4000 }];
    },
  });
  expect(await look([topic, gone])).toEqual(
    new Map([[topic, { exists: true, partitions: 6, lag: 7, oldestMs: 4000 }]]),
  );
  expect(asked).toEqual([[topic]]);
});

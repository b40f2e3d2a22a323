import { clientIdOf, dedicatedTopic } from '@chatwarden/contracts';
import { expect, it } from 'vitest';
import { createTopicDoor, type TopicDoorDeps } from './topic-door.ts';

const topic = dedicatedTopic('g0123456789abcdef');

function doorOn(admin: Partial<TopicDoorDeps['admin']>) {
  return createTopicDoor({ admin: admin as TopicDoorDeps['admin'], replication: 1 });
}

it('knows the colour of a detector by its client id', async () => {
  const clientIds = [clientIdOf('busy-detector-blue-7d9f', 'blue'), clientIdOf('b', 'green'), clientIdOf('c', 'green')];
  const members = [...clientIds, 'somebody-else'].map((clientId) => ({ clientId, host: '/10.0.0.1', partitions: 1 }));
  const { members: membersOf } = doorOn({ membersOf: async () => members });
  expect(await membersOf(topic)).toEqual({ blue: 1, green: 2 });
});

it('knows of topics what Kafka says of them, and nothing of those that are not there', async () => {
  const gone = dedicatedTopic('gfedcba9876543210');
  const partitions = [4, 3].map((records, partition) => ({ partition, records }));
  const { look } = doorOn({ lagOf: async () => [{ topic, records: 7, partitions, oldestMs: 4000 }] });
  expect(await look([topic, gone])).toEqual(
    new Map([[topic, { exists: true, partitions: 2, lag: 7, oldestMs: 4000 }]]),
  );
});

import { dedicatedTopic, type DedicatedTopic } from '@chatwarden/contracts';
import { expect, it } from 'vitest';
import { recordTopics } from '../../../operator/test/recorded-topics.ts';
import { groupIdOf } from './chats.ts';
import { mixTopics } from './mixed-topics.ts';

const [there, remembered] = [dedicatedTopic(groupIdOf(0)), dedicatedTopic(groupIdOf(1))] as [
  DedicatedTopic,
  DedicatedTopic,
];

it('asks Kafka about its topics only, and tells of all', async () => {
  const kafka = recordTopics(async () => ({ blue: 0, green: 0 }));
  const { topics, calls } = mixTopics({ real: kafka, isReal: (topic) => topic === there });
  await topics.ensure(there, 6);
  await topics.ensure(remembered, 3);
  const found = await topics.look([there, remembered]);
  expect([...found].map(([topic, { partitions }]) => [topic, partitions])).toEqual([
    [remembered, 3],
    [there, 6],
  ]);
  expect(kafka.calls).toEqual([`ensure ${there} 6`, 'look 1']);
  expect(calls).toEqual({ 'ensure (Kafka)': 1, ensure: 1, look: 1, 'look (Kafka)': 1 });
});

it('says that detectors consume, which no run has', async () => {
  const kafka = recordTopics(async () => ({ blue: 0, green: 0 }));
  const { topics } = mixTopics({ real: kafka, isReal: () => true });
  expect(await topics.members(there)).toEqual({ blue: 2, green: 0 });
  expect(kafka.calls).toEqual([`members ${there}`]);
});

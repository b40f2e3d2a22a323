import { dedicatedTopic } from '@chatwarden/contracts';
import { GROUP_ID } from '@chatwarden/testkit';
import { hasKafka } from '@chatwarden/testkit/kafka';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aConnection, bareKafka, realClock } from '../../../test/a-kafka-bus.ts';
import { createKafkaAdmin } from '../kafka-admin.ts';

function opened() {
  const connection = aConnection();
  const warned: string[] = [];
  const log = { warn: (fields: object) => void warned.push(JSON.stringify(fields)), error: () => {} };
  const admin = createKafkaAdmin({ ...connection, clock: realClock, log });
  onTestFinished(() => admin.close());
  const name = (topic: string) => `${connection.prefix}${topic}`;
  return { admin, name, warned, connection };
}

describe.skipIf(!hasKafka())('topics (needs Kafka)', () => {
  it('are made with their dead letters as the table has them, and then kept', async () => {
    const { admin, name } = opened();
    const topics = ['verdicts', dedicatedTopic(GROUP_ID)] as const;
    const created = await admin.ensureTopics({ topics, replication: 1 });
    expect(created.map(({ topic, state }) => [topic, state])).toEqual([
      [name('verdicts'), 'created'],
      [name('verdicts.dead'), 'created'],
      [name(`events.g.${GROUP_ID}`), 'created'],
      [name(`events.g.${GROUP_ID}.dead`), 'created'],
    ]);
    const kept = await admin.ensureTopics({ topics, replication: 1 });
    expect(kept.map(({ state, differences }) => [state, differences])).toEqual(created.map(() => ['kept', []]));
  });

  it('may be made by two processes at once', async () => {
    const { admin, connection } = opened();
    const other = createKafkaAdmin({ ...connection, clock: realClock });
    onTestFinished(() => other.close());
    const both = [admin, other].map((one) => one.ensureTopics({ topics: ['events'], replication: 1, partitions: 2 }));
    const reports = (await Promise.all(both)).flat();
    expect(reports.every(({ differences }) => differences.length === 0)).toBe(true);
  });

  it('that are otherwise are told of and left alone, until they are to grow', async () => {
    const { admin, name, warned, connection } = opened();
    const bare = bareKafka(connection).admin();
    await bare.connect();
    onTestFinished(() => bare.disconnect());
    const configEntries = [{ name: 'retention.ms', value: '1000' }];
    await bare.createTopics({ topics: [{ topic: name('actions'), numPartitions: 2, configEntries }] });
    const [dead, actions] = await admin.ensureTopics({ topics: ['actions'], replication: 1, partitions: 4 });
    expect([dead?.state, actions?.topic]).toEqual(['created', name('actions')]);
    expect(actions?.differences).toEqual(['partitions is 2, not 4', 'retention.ms is 1000, not 604800000']);
    expect(warned).toContainEqual(expect.stringContaining('retention.ms is 1000'));
    const reports = await admin.ensureTopics({ topics: ['actions'], replication: 1, partitions: 4, growTo: 4 });
    expect(reports.map(({ state }) => state)).toEqual(['grown', 'kept']);
  });

  it('are removed with their dead letters, and what is not there is passed over', async () => {
    const { admin, name, connection } = opened();
    await admin.ensureTopics({ topics: ['events'], replication: 1, partitions: 1 });
    await admin.removeTopics(['events', 'verdicts']);
    const bare = bareKafka(connection).admin();
    await bare.connect();
    onTestFinished(() => bare.disconnect());
    expect(await bare.listTopics()).not.toContain(name('events'));
  });
});

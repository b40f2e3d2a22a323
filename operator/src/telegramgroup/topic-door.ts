/** The topics of dedicated groups, on bus's admin door. */
import type { KafkaAdmin } from '@chatwarden/bus';
import { colourOf, DETECT_GROUP, type Colour, type DedicatedTopic } from '@chatwarden/contracts';
import type { TopicDoor, TopicFacts } from './ports.ts';

export interface TopicDoorDeps {
  admin: Pick<
    KafkaAdmin,
    'ensureTopics' | 'describe' | 'lagOf' | 'membersOf' | 'deleteGroup' | 'removeTopics' | 'namesOf'
  >;
  replication: number;
}

export function createTopicDoor({ admin, replication }: TopicDoorDeps): TopicDoor {
  async function ensure(topic: DedicatedTopic, partitions: number): Promise<number> {
    await admin.ensureTopics({ topics: [topic], replication, perTopic: new Map([[topic, partitions]]) });
    const [description] = await admin.describe([topic]);
    return description?.partitions ?? 0;
  }

  async function look(topics: readonly DedicatedTopic[]): Promise<Map<DedicatedTopic, Omit<TopicFacts, 'at'>>> {
    const lags = await admin.lagOf(topics, DETECT_GROUP);
    return new Map(
      lags.map(({ topic, partitions, records, oldestMs }) => [
        topic as DedicatedTopic,
        { exists: true, partitions: partitions.length, lag: records, oldestMs },
      ]),
    );
  }

  async function members(topic: DedicatedTopic): Promise<Record<Colour, number>> {
    const found = await admin.membersOf(topic, DETECT_GROUP);
    const of = (colour: Colour) => found.filter(({ clientId }) => colourOf(clientId) === colour).length;
    return { blue: of('blue'), green: of('green') };
  }

  async function remove(topic: DedicatedTopic): Promise<void> {
    await admin.deleteGroup(topic, DETECT_GROUP);
    await admin.removeTopics([topic]);
  }

  return { ensure, look, members, remove, names: (topic) => admin.namesOf(topic, DETECT_GROUP) };
}

/** What topics and consumer groups are called in the cluster. */

export interface KafkaNames {
  topic(topic: string): string;
  /** Where poison of this topic goes. */
  dead(topic: string): string;
  /**
   * One Kafka group per topic and group: kafkajs gives every member of a group the topics of its leader, so members of
   * one group must not ask for different topics.
   */
  group(topic: string, group: string): string;
}

export function kafkaNames(prefix = ''): KafkaNames {
  const topic = (name: string) => `${prefix}${name}`;
  return { topic, dead: (name) => topic(deadTopic(name)), group: (name, group) => `${prefix}${group}.${name}` };
}

export function deadTopic(topic: string): string {
  return `${topic}.dead`;
}

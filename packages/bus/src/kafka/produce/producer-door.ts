/**
 * A producer for one topic, which connects with its first request. One for each topic, since kafkajs asks the cluster
 * about all topics of a producer together: one that was removed would end publishing to the others.
 */
import kafkajs, { type Kafka, type Message } from 'kafkajs';
import { explained } from '../connect/explain.ts';

export interface ProducerDoor {
  /** Resolves when every in-sync replica has them. Rejects with a Failure where the cluster refuses us. */
  send(messages: Message[]): Promise<void>;
  close(): Promise<void>;
}

/** Few and short: whoever sends tries again for as long as somebody waits. */
const RETRY = { initialRetryTime: 100, maxRetryTime: 1000, retries: 3 };
const ALL_IN_SYNC = -1;

export function openProducerDoor(kafka: Kafka, topic: string): ProducerDoor {
  const producer = kafka.producer({
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
    retry: RETRY,
  });
  let connected: Promise<void> | undefined;

  async function send(messages: Message[]): Promise<void> {
    connected ??= producer.connect();
    await connected.catch((error: unknown) => {
      connected = undefined;
      throw explained(error);
    });
    await producer.send({ topic, messages, acks: ALL_IN_SYNC }).catch((error: unknown) => {
      throw explained(error, `publishing to ${topic}`);
    });
  }

  return { send, close: () => producer.disconnect() };
}

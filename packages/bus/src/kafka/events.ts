/** What happens on a Kafka bus, for metrics. */
import type { Topic } from '@chatwarden/contracts';

export type KafkaEvent = StoredEvent | GroupEvent;

export interface StoredEvent {
  kind: 'stored';
  /** Without prefix; dead letters have topics of their own. */
  topic: string;
  records: number;
  bytes: number;
}

export type GroupEvent = { topic: Topic; group: string } & (
  | { kind: 'joined'; partitions: number }
  /** From taking to settling, retries and all. */
  | { kind: 'handled'; records: number; skipped: number; dead: number; ms: number }
  | { kind: 'unknownFields'; fields: number }
  | { kind: 'committed'; records: number }
  | { kind: 'commitFailed' }
  /** Unknown how many for a topic that ends before the group's position. */
  | { kind: 'outOfRange'; lost: number }
  | { kind: 'tooNew'; partition: number }
  | { kind: 'restarted'; why: 'crashed' | 'stuck' }
  | { kind: 'lag'; partitions: readonly PartitionLag[] }
);

export interface PartitionLag {
  partition: number;
  records: number;
  /** Age of the oldest record that is not handled, in ms; 0 without lag. */
  oldestMs: number;
}

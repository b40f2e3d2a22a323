/**
 * The Bus on Kafka. `publish` resolves when every in-sync replica has the records; a subscription is a consumer group that
 * begins at the earliest record and commits a position when the handler has resolved for all before it.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock, DeadLetters, RecordOf, Topic } from '@chatwarden/contracts';
import type { Bus, Handle, SubscriptionOptions } from '../bus.ts';
import { openAdminDoor } from './connect/admin-door.ts';
import { createClient, type KafkaConnection } from './connect/connection.ts';
import { kafkaNames } from './connect/names.ts';
import { readEnds, readPositions } from './consume/positions.ts';
import {
  busClosed,
  runSubscription,
  type KafkaSubscription,
  type RunningSubscription,
} from './consume/subscription.ts';
import { DEFAULT_TUNING, type ConsumerTuning } from './consume/tuning.ts';
import { lagOf } from './consume/watch.ts';
import type { Counts } from './consume/counts.ts';
import { createTopicDeadLetters } from './topics/dead-letters.ts';
import { createPublisher } from './produce/publisher.ts';

export interface KafkaBusOptions extends KafkaConnection {
  clock: Clock;
  /** Where poison goes; the topics `<topic>.dead` when absent. */
  deadLetters?: DeadLetters | undefined;
  /** Comes before the name of every topic and group. */
  prefix?: string | undefined;
  /** How long a publish may take before its caller is told to come again later. */
  publishDeadlineMs?: number | undefined;
  /** How long the first record of a request waits for company. */
  lingerMs?: number | undefined;
  /** Largest record, with key and headers: below `message.max.bytes` of the broker. */
  recordBytesMax?: number | undefined;
  /** Failures of class `now` until a batch is tried record by record. */
  attempts?: number | undefined;
  tuning?: Partial<ConsumerTuning> | undefined;
  /** A consumer does not work and replacing it did not help: the process should end. */
  onStuck?: ((reason: string) => void) | undefined;
}

export interface PartitionPosition {
  partition: number;
  /** Next offset to be handled; undefined where the group has committed nothing. */
  offset: bigint | undefined;
  counts: Counts;
  /** Records that the group has not handled yet. */
  lag: number;
}

export interface KafkaBus extends Bus {
  /** Resolves when the group was joined; waits for a Kafka that is away. */
  subscribe<T extends Topic>(options: SubscriptionOptions<T>): Promise<KafkaSubscription>;
  /** What the group has committed, with the counts that its handlers added, for every partition. */
  positionsOf(topic: Topic, group: string): Promise<readonly PartitionPosition[]>;
}

const PUBLISH_DEADLINE_MS = 15_000;
const LINGER_MS = 2;
/** Brokers take 1048588 bytes by default; the rest is for what Kafka adds to a request. */
const RECORD_BYTES_MAX = 1_000_000;
const WAITING_BYTES_MAX = 32 * 1_048_576;
const ATTEMPTS = 3;

/** Opens nothing: the first publish and the first subscription connect. */
export function createKafkaBus(options: KafkaBusOptions): KafkaBus {
  const { clock, prefix, log, recordBytesMax = RECORD_BYTES_MAX } = options;
  const kafka = createClient(options);
  const names = kafkaNames(prefix);
  const { admin, closeAdmin } = openAdminDoor(kafka);
  const publisher = createPublisher({
    kafka,
    names,
    clock,
    deadlineMs: options.publishDeadlineMs ?? PUBLISH_DEADLINE_MS,
    lingerMs: options.lingerMs ?? LINGER_MS,
    recordBytesMax,
    batchBytesMax: recordBytesMax,
    waitingBytesMax: WAITING_BYTES_MAX,
    onStored: () => {},
  });
  const deadLetters = options.deadLetters ?? createTopicDeadLetters(publisher);
  const inHandler = new AsyncLocalStorage<true>();
  const subscriptions = new Set<RunningSubscription>();
  let closed: Promise<void> | undefined;

  async function publish<T extends Topic>(topic: T, records: readonly RecordOf<T>[]): Promise<void> {
    // What is in hand when the bus closes may still hand on what it made.
    if (closed && !inHandler.getStore()) throw busClosed();
    await publisher.publish(topic, records);
  }

  async function subscribe<T extends Topic>(subscription: SubscriptionOptions<T>): Promise<KafkaSubscription> {
    if (closed) throw busClosed();
    const { topic, group, batchMax } = subscription;
    const handle = subscription.handle as unknown as Handle<Topic>;
    const running = runSubscription({
      kafka,
      admin,
      topic,
      group,
      topicName: names.topic(topic),
      groupId: names.group(topic, group),
      batchMax,
      handle: (batch, delivery) => inHandler.run(true, () => handle(batch, delivery)),
      deadLetters,
      clock,
      log,
      attempts: options.attempts ?? ATTEMPTS,
      tuning: { ...DEFAULT_TUNING, ...options.tuning },
      onHandled: () => {},
      onLag: () => {},
      observe: () => {},
      onStuck: (reason) => options.onStuck?.(reason),
    });
    subscriptions.add(running);
    await running.joined;
    return running;
  }

  async function positionsOf(topic: Topic, group: string): Promise<readonly PartitionPosition[]> {
    const of = { topicName: names.topic(topic), groupId: names.group(topic, group) };
    const [positions, ends] = await Promise.all([readPositions(admin, of), readEnds(admin, of.topicName)]);
    return [...ends].map(([partition, end]) => {
      const { next, counts } = positions.get(partition) ?? { next: undefined, counts: {} };
      return { partition, offset: next, counts, lag: lagOf({ next }, end) };
    });
  }

  async function close(): Promise<void> {
    await Promise.all([...subscriptions].map((subscription) => subscription.close()));
    await publisher.close();
    await closeAdmin();
  }

  return { publish, subscribe, positionsOf, close: () => (closed ??= close()) };
}

/**
 * The Bus on Kafka. `publish` resolves when every in-sync replica has the records; a subscription is a consumer group that
 * begins at the earliest record and commits a position when its handler has resolved for all before it.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock, DeadLetters, Millis, RecordOf, Topic } from '@chatwarden/contracts';
import type { Registry } from 'prom-client';
import type { Bus, Handle, SubscriptionOptions } from '../bus.ts';
import { openAdminDoor } from './connect/admin-door.ts';
import { createClient, type KafkaConnection } from './connect/connection.ts';
import { kafkaNames } from './connect/names.ts';
import { hasUnhandledBefore, readGroup, type PartitionPosition } from './consume/positions.ts';
import { busClosed, MemberSubscription, type KafkaSubscription } from './consume/subscription.ts';
import { DEFAULT_TUNING, type ConsumerTuning } from './consume/tuning.ts';
import { meterKafka } from './metrics.ts';
import { createPublisher, DEFAULT_PUBLISHING, type PublishTuning } from './produce/publisher.ts';
import { createTopicDeadLetters } from './topics/dead-letters.ts';

export interface KafkaBusOptions extends KafkaConnection {
  clock: Clock;
  /** Where poison goes; the topics `<topic>.dead` when absent. */
  deadLetters?: DeadLetters | undefined;
  /** Comes before the name of every topic and group. */
  prefix?: string | undefined;
  /** Gets the metrics `chatwarden_bus_*`; one bus per registry. */
  registry?: Registry | undefined;
  /** Failures of class `now` until a batch is tried record by record. */
  attempts?: number | undefined;
  publishing?: Partial<PublishTuning> | undefined;
  tuning?: Partial<ConsumerTuning> | undefined;
  /** A consumer does not work and replacing it did not help: the process should end. */
  onStuck?: ((reason: string) => void) | undefined;
}

export interface KafkaBus extends Bus {
  /** Resolves when the group was joined, and waits for a Kafka that is away. Rejects with Failure `busClosed` (later). */
  subscribe<T extends Topic>(options: SubscriptionOptions<T>): Promise<KafkaSubscription>;
  /** What the group has committed, with the counts that its handlers added, and its lag, for every partition. */
  positionsOf(topic: Topic, group: string): Promise<readonly PartitionPosition[]>;
  /** Whether the group has not handled something that was published before `at`. */
  hasUnhandledBefore(topic: Topic, group: string, at: Millis): Promise<boolean>;
}

const ATTEMPTS = 3;

/** Opens nothing: the first publish and the first subscription connect. */
export function createKafkaBus(options: KafkaBusOptions): KafkaBus {
  const { clock, prefix, log, registry, attempts = ATTEMPTS, onStuck = () => {} } = options;
  const kafka = createClient(options);
  const names = kafkaNames(prefix);
  const observe = registry ? meterKafka(registry) : () => {};
  const { admin, closeAdmin } = openAdminDoor(kafka);
  const publisher = createPublisher({ kafka, names, clock, observe, ...DEFAULT_PUBLISHING, ...options.publishing });
  const deadLetters = options.deadLetters ?? createTopicDeadLetters(publisher);
  const tuning = { ...DEFAULT_TUNING, ...options.tuning };
  const inHandler = new AsyncLocalStorage<true>();
  const subscriptions = new Set<MemberSubscription>();
  let closed: Promise<void> | undefined;

  async function publish<T extends Topic>(topic: T, records: readonly RecordOf<T>[]): Promise<void> {
    // What is in hand when the bus closes may still hand on what it made.
    if (closed && !inHandler.getStore()) throw busClosed();
    await publisher.publish(topic, records);
  }

  const of = (topic: Topic, group: string) => ({ topicName: names.topic(topic), groupId: names.group(topic, group) });

  async function subscribe<T extends Topic>(wanted: SubscriptionOptions<T>): Promise<KafkaSubscription> {
    if (closed) throw busClosed();
    const { topic, group, batchMax } = wanted;
    // The topic's codec makes what the type system cannot follow: records of a topic go to handlers of that topic.
    const handle = wanted.handle as unknown as Handle<Topic>;
    const inside: Handle<Topic> = (batch, delivery) => inHandler.run(true, () => handle(batch, delivery));
    const what = { topic, group, batchMax, handle: inside, ...of(topic, group) };
    const deps = { kafka, admin, deadLetters, clock, log, attempts, tuning, observe, onStuck };
    const subscription = new MemberSubscription({ ...what, ...deps });
    subscriptions.add(subscription);
    void subscription.over.then(() => subscriptions.delete(subscription));
    await subscription.joined;
    return subscription;
  }

  async function close(): Promise<void> {
    await Promise.all([...subscriptions].map((subscription) => subscription.close()));
    await publisher.close();
    await closeAdmin();
  }

  return {
    publish,
    subscribe,
    positionsOf: (topic, group) => readGroup(admin, of(topic, group)),
    hasUnhandledBefore: (topic, group, at) => hasUnhandledBefore(admin, of(topic, group), at),
    close: () => (closed ??= close()),
  };
}

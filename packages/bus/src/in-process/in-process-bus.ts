/**
 * The Bus inside one process: nothing is stored, so `publish` resolves only when every group has handled each record
 * or has it in dead letters. Until then the publisher still has it; if it cannot wait longer than the deadline, it is
 * told to come again later, and redelivery is harmless.
 * A group exists while it has a member or records that wait for one. A topic without any group accepts at once:
 * subscribe before publishing, and stop publishing before unsubscribing.
 */
import type { Clock, DeadLetters, RecordOf, Topic } from '@chatwarden/contracts';
import type { Bus, Delivery, Handle, Subscription, SubscriptionOptions } from '../bus.ts';
import type { BusLog } from '../deliver.ts';
import { createGroupQueue, type BatchDone, type GroupQueue } from './group-queue.ts';
import { busClosed, createPublishing, toItems } from './publishing.ts';
import { createTopicGraph } from './topic-graph.ts';

export interface InProcessBusOptions {
  clock: Clock;
  deadLetters: DeadLetters;
  /** How long a publish may take. */
  deadlineMs: number;
  log?: BusLog;
  /** Failures of class `now` until a batch is tried record by record. */
  attempts?: number;
  /** From `close` to the abort of the signal of handlers that are still at work. */
  closeGraceMs?: number;
  onBatch?: (batch: BatchDone) => void;
}

const ATTEMPTS = 3;
const CLOSE_GRACE_MS = 5000;

/**
 * Besides the port: `publish` rejects with Failure `busDeadline` or `busClosed` (both later), or `busCycle` (never) when
 * a handler publishes to a topic that leads back to its own. While the bus closes, batches in hand may still publish.
 */
export function createInProcessBus(options: InProcessBusOptions): Bus {
  const { clock, deadlineMs, closeGraceMs = CLOSE_GRACE_MS, attempts = ATTEMPTS } = options;
  const queues = new Map<Topic, Map<string, GroupQueue>>();
  const graph = createTopicGraph();
  const closing = new AbortController();
  const aborting = new AbortController();
  /** Nothing is stored here, so there is no position to keep counts with. */
  const delivery: Delivery = { signal: aborting.signal, count: () => {} };
  let closed: Promise<void> | undefined;

  const queuesOf = (topic: Topic) => [...(queues.get(topic)?.values() ?? [])];
  const allQueues = () => [...queues.keys()].flatMap(queuesOf);

  async function publish<T extends Topic>(named: T, records: readonly RecordOf<T>[]): Promise<void> {
    const topic = sharedTopic(named);
    const { nested } = graph.enter(topic);
    if (closed && !nested) throw busClosed();
    const groups = queuesOf(topic).filter((queue) => queue.isAlive());
    const owed = records.length * groups.length;
    if (owed === 0) return;
    const onWithdrawn = () => groups.forEach((queue) => queue.purge());
    const publishing = createPublishing({ topic, owed, nested, clock, deadlineMs, onWithdrawn });
    const items = toItems(records, publishing);
    for (const queue of groups) queue.push(items);
    await publishing.ended;
  }

  function queueOf(topic: Topic, group: string): GroupQueue {
    const groups = queues.get(topic) ?? new Map<string, GroupQueue>();
    queues.set(topic, groups);
    const known = groups.get(group);
    if (known) return known;
    const queue = createGroupQueue({ ...options, topic, group, attempts, closing: closing.signal });
    groups.set(group, queue);
    return queue;
  }

  async function subscribe<T extends Topic>(subscription: SubscriptionOptions<T>): Promise<Subscription> {
    if (closed) throw busClosed();
    const { group, batchMax } = subscription;
    const topic = sharedTopic(subscription.topic);
    // The map knows by its key what the type system cannot: records of a topic go to handlers of that topic.
    const handle = subscription.handle as unknown as Handle<Topic>;
    const inHandler = (batch: readonly RecordOf<Topic>[]) => graph.inHandler(topic, () => handle(batch, delivery));
    return queueOf(topic, group).join({ batchMax, handle: inHandler });
  }

  async function unwind(): Promise<void> {
    const done = new AbortController();
    closing.abort();
    for (const { publishing } of allQueues().flatMap((queue) => queue.waiting())) {
      if (!publishing.nested) publishing.withdraw(busClosed());
    }
    void clock.sleep(closeGraceMs, done.signal).then(() => aborting.abort());
    for (let working = workInHand(); working.length > 0; working = workInHand()) await Promise.all(working);
    done.abort();
  }

  const workInHand = () => allQueues().flatMap((queue) => queue.working() ?? []);

  return { publish, subscribe, close: () => (closed ??= unwind()) };
}

/** A topic of a group's own isolates load between processes; within one there is nothing to isolate. */
function sharedTopic(topic: Topic): Topic {
  return topic.startsWith('events.g.') ? 'events' : topic;
}

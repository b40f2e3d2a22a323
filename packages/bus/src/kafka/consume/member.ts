/**
 * One kafkajs consumer: a member of one group on one topic, from joining to its end. kafkajs fetches and rebalances; what
 * is handled and when it ends is decided here.
 *   trouble          the group rebalances or its coordinator is away: what is in hand ends after the try under way and
 *                    commits what it has, then kafkajs joins again.
 *   assignment over  partitions may be another's: nothing more is committed, whoever still works on it.
 */
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { createAssignment, type Assignment, type PartitionState } from './assignment.ts';
import { addCounts, BUS_COUNTS } from './counts.ts';
import { alarm } from './out-of-range.ts';
import { lostBefore } from './place-batch.ts';
import { readEnds, readPositions, type Ends } from './positions.ts';
import type { ConsumerTuning } from './tuning.ts';
import { workOnBatch, type BatchWork } from './work-on-batch.ts';

export interface MemberOptions extends Omit<BatchWork, 'assignment' | 'stop' | 'signal' | 'pausePartition'> {
  kafka: Kafka;
  groupId: string;
  tuning: ConsumerTuning;
}

export type MemberEnd = { reason: 'left' } | { reason: 'crashed'; error: unknown } | { reason: 'stuck' };

interface InHand {
  assignment: Assignment;
  trouble: AbortController;
  done: AbortSignal;
}

export class Member {
  readonly #options: MemberOptions;
  readonly #consumer: Consumer;
  readonly #ended = Promise.withResolvers<MemberEnd>();
  readonly #leaving = new AbortController();
  /** The last batch in hand of each partition, even where it is of an earlier assignment. */
  readonly #inHand = new Map<number, Promise<void>>();
  #paused = new AbortController();
  #trouble = new AbortController();
  #assignment: Assignment | undefined;
  #polledAt: number | undefined;
  #started: Promise<void> = Promise.resolve();

  constructor(options: MemberOptions) {
    this.#options = options;
    this.#consumer = options.kafka.consumer(toConsumerConfig(options));
  }

  /** Joins and works; resolves when it is over and never rejects. */
  run(): Promise<MemberEnd> {
    const { GROUP_JOIN, FETCH_START, CRASH } = this.#consumer.events;
    const { topicName } = this.#options;
    this.#consumer.on(GROUP_JOIN, ({ payload }) => this.#assigned(payload.memberAssignment[topicName] ?? []));
    this.#consumer.on(FETCH_START, () => this.#polling());
    this.#consumer.on(CRASH, ({ payload }) => this.#end({ reason: 'crashed', error: payload.error }));
    this.#started = this.#start();
    this.#started.catch((error: unknown) => this.#end({ reason: 'crashed', error }));
    return this.#ended.promise;
  }

  /** Finishes the batch in hand, commits and leaves the group. */
  async leave(): Promise<void> {
    this.#leaving.abort();
    // A consumer that is stopped while it joins would go on afterwards.
    await this.#started.catch(() => {});
    await this.#consumer.disconnect();
    this.#end({ reason: 'left' });
  }

  /** Ends a member that does not work any more, without waiting for it. */
  abandon(): void {
    this.#end({ reason: 'stuck' });
    this.#consumer.disconnect().catch(() => {});
  }

  pause(): void {
    this.#paused.abort();
    if (this.#assignment) this.#consumer.pause([{ topic: this.#options.topicName }]);
  }

  resume(): void {
    this.#paused = new AbortController();
    for (const state of this.partitions()) state.tooNew = false;
    // Before that, the end of reading positions resumes.
    if (this.partitions().length > 0) this.#consumer.resume([{ topic: this.#options.topicName }]);
  }

  isPaused(): boolean {
    return this.#paused.signal.aborted;
  }

  /** Empty until it has joined and knows where it stands. */
  partitions(): readonly PartitionState[] {
    return this.#assignment?.states() ?? [];
  }

  /** When it last began to ask a broker for records. */
  polledAt(): number | undefined {
    return this.#polledAt;
  }

  async #start(): Promise<void> {
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topics: [this.#options.topicName], fromBeginning: true });
    await this.#consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: this.#options.tuning.partitionsAtOnce,
      eachBatch: (payload) => this.#eachBatch(payload),
    });
  }

  #assigned(partitions: readonly number[]): void {
    const { admin, topicName, groupId, clock, log, topic, group, observe } = this.#options;
    this.#assignment?.end();
    this.#trouble = new AbortController();
    // kafkajs would move an offset that is out of range and forget the counts, before anybody has seen either.
    this.#consumer.pause([{ topic: topicName }]);
    this.#assignment = createAssignment({
      partitions,
      read: () => Promise.all([readPositions(admin, { topicName, groupId }), readEnds(admin, topicName)]),
      onKnown: (states, ends) => this.#begin(states, ends),
      clock,
      log,
    });
    observe({ topic, group, kind: 'joined', partitions: partitions.length });
  }

  #begin(states: readonly PartitionState[], ends: ReadonlyMap<number, Ends>): void {
    const topic = this.#options.topicName;
    for (const state of states) {
      const low = ends.get(state.partition)?.low ?? 0n;
      const place = lostBefore(state.next, low);
      if (!place) continue;
      const lost = alarm(place, state, this.#options);
      Object.assign(state, { next: low, counts: addCounts(state.counts, { [BUS_COUNTS.lost]: lost }) });
      this.#consumer.seek({ topic, partition: state.partition, offset: String(low) });
    }
    if (!this.isPaused()) this.#consumer.resume([{ topic }]);
  }

  /** kafkajs has got over its trouble without joining again. */
  #polling(): void {
    this.#polledAt = this.#options.clock.now();
    if (this.#trouble.signal.aborted && this.#inHand.size === 0) this.#trouble = new AbortController();
  }

  #end(how: MemberEnd): void {
    this.#leaving.abort();
    this.#assignment?.end();
    this.#ended.resolve(how);
  }

  async #eachBatch(payload: EachBatchPayload): Promise<void> {
    const assignment = this.#assignment;
    if (!assignment || this.#leaving.signal.aborted || this.isPaused()) return;
    this.#trouble.signal.throwIfAborted();
    const { partition } = payload.batch;
    const work = this.#workAfter(this.#inHand.get(partition), payload, assignment);
    const settled = work.catch(() => {});
    this.#inHand.set(partition, settled);
    try {
      await work;
    } finally {
      if (this.#inHand.get(partition) === settled) this.#inHand.delete(partition);
    }
  }

  async #workAfter(
    before: Promise<void> | undefined,
    payload: EachBatchPayload,
    assignment: Assignment,
  ): Promise<void> {
    const trouble = this.#trouble;
    const done = new AbortController();
    void this.#beat(payload, trouble, done.signal);
    try {
      await before;
      await this.#work(payload, { assignment, trouble, done: done.signal });
    } catch (error) {
      trouble.abort(error);
    } finally {
      done.abort();
    }
    // kafkajs goes on by what it is thrown: it joins again, or tries again.
    if (!assignment.over.aborted) trouble.signal.throwIfAborted();
  }

  async #work(payload: EachBatchPayload, { assignment, trouble, done }: InHand): Promise<void> {
    const state = await assignment.stateOf(payload.batch.partition);
    if (!state) return;
    const mustEnd = AbortSignal.any([trouble.signal, this.#leaving.signal, assignment.over]);
    const stop = AbortSignal.any([mustEnd, this.#paused.signal]);
    const signal = this.#handlerSignal(mustEnd, AbortSignal.any([assignment.over, done]));
    state.inHand = true;
    state.oldestAt = Number(payload.batch.messages[0]?.timestamp);
    try {
      await workOnBatch(payload, state, {
        ...this.#options,
        assignment,
        stop,
        signal,
        pausePartition: (partition) => this.#pausePartition(partition),
      });
    } finally {
      state.inHand = false;
      state.oldestAt = undefined;
    }
  }

  /** Handlers may finish the try under way within the grace, but not for partitions of another. */
  #handlerSignal(mustEnd: AbortSignal, atOnce: AbortSignal): AbortSignal {
    const { clock, tuning } = this.#options;
    const ending = new AbortController();
    const afterGrace = () => void clock.sleep(tuning.graceMs, atOnce).then(() => ending.abort());
    if (mustEnd.aborted) afterGrace();
    else mustEnd.addEventListener('abort', afterGrace, { once: true });
    return ending.signal;
  }

  /** The group must hear from a member whose handler takes minutes; its answer ends what is in hand if it must. */
  async #beat(payload: EachBatchPayload, trouble: AbortController, done: AbortSignal): Promise<void> {
    const { clock, tuning } = this.#options;
    while (!done.aborted) {
      // kafkajs sends one when its interval has passed, so it is asked more often than that.
      await clock.sleep(tuning.heartbeatMs / 2, done);
      if (done.aborted) return;
      await payload.heartbeat().catch((error: unknown) => trouble.abort(error));
    }
  }

  /** Pausing one partition would end a pause of all, which holds it anyway. */
  #pausePartition(partition: number): void {
    if (!this.isPaused()) this.#consumer.pause([{ topic: this.#options.topicName, partitions: [partition] }]);
  }
}

function toConsumerConfig({ groupId, tuning }: MemberOptions) {
  return {
    groupId,
    allowAutoTopicCreation: false,
    sessionTimeout: tuning.sessionTimeoutMs,
    rebalanceTimeout: tuning.rebalanceTimeoutMs,
    heartbeatInterval: tuning.heartbeatMs,
    maxWaitTimeInMs: tuning.maxWaitMs,
    maxBytesPerPartition: tuning.partitionBytesMax,
    metadataMaxAge: tuning.metadataMaxAgeMs,
    // Whoever runs this member starts another one.
    retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 5, restartOnFailure: async () => false },
  };
}

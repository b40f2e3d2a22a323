/** Publishes records: acks=all, so `publish` resolves when every in-sync replica has them. */
import { Failure, idOf, keyOf, type Clock, type RecordOf, type Topic } from '@chatwarden/contracts';
import kafkajs, { type Kafka, type Message } from 'kafkajs';
import { codecOf } from '../codec/codecs.ts';
import type { StoredEvent } from '../events.ts';
import type { KafkaNames } from '../connect/names.ts';
import { createLane, notStored, recordTooLarge, type Lane, type Publishing, type WaitingMessage } from './lane.ts';

export interface PublishTuning {
  /** How long a publish may take before its caller is told to come again later. */
  deadlineMs: number;
  /** How long the first record of a request waits for company. */
  lingerMs: number;
  /** Largest record with key and headers. */
  recordBytesMax: number;
  /** Largest request for one topic. */
  batchBytesMax: number;
  /** What may wait for one topic before publishes are told to come again later. */
  waitingBytesMax: number;
}

/** Brokers take 1048588 bytes at once by default (`message.max.bytes`), what Kafka adds to the records included. */
const FITS_BYTES = 1_000_000;

export const DEFAULT_PUBLISHING: PublishTuning = {
  deadlineMs: 15_000,
  lingerMs: 2,
  recordBytesMax: FITS_BYTES,
  batchBytesMax: FITS_BYTES,
  waitingBytesMax: 32 * 1_048_576,
};

export interface PublisherOptions extends PublishTuning {
  kafka: Kafka;
  names: KafkaNames;
  clock: Clock;
  observe(event: StoredEvent): void;
}

export interface OutgoingMessage {
  recordId: string;
  message: Message;
}

export interface Publisher {
  /**
   * Rejects with Failure `recordTooLarge` (never; nothing of the call is stored), `busFull` or `kafkaAway` (both later;
   * some of it may be stored: publish all of it again).
   */
  publish<T extends Topic>(topic: T, records: readonly RecordOf<T>[]): Promise<void>;
  /** The same for messages as they are. `topic` is its name without prefix. */
  publishMessages(topic: string, messages: readonly OutgoingMessage[]): Promise<void>;
  /** Waits for what is under way, then disconnects. */
  close(): Promise<void>;
}

/** What Kafka adds to a record, generously: lengths, offset and time deltas, and per header two lengths. */
const RECORD_OVERHEAD_BYTES = 64;
const HEADER_OVERHEAD_BYTES = 10;

export function createPublisher(options: PublisherOptions): Publisher {
  const { kafka, names, recordBytesMax, waitingBytesMax } = options;
  const producer = kafka.producer({
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
    retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 3 },
  });
  const lanes = new Map<string, Lane>();
  let connected: Promise<void> | undefined;

  async function connect(): Promise<void> {
    connected ??= producer.connect();
    await connected.catch((error: unknown) => {
      connected = undefined;
      throw error;
    });
  }

  function laneOf(topic: string): Lane {
    const known = lanes.get(topic);
    if (known) return known;
    const send = async (messages: Message[]) => {
      await connect();
      await producer.send({ topic: names.topic(topic), messages, acks: -1 });
    };
    const lane = createLane({ ...options, topic, send });
    lanes.set(topic, lane);
    return lane;
  }

  async function publishMessages(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const lane = laneOf(topic);
    const { publishing, ended } = createPublishing(topic, messages.length, options);
    const waiting = messages.map((one): WaitingMessage => ({ ...one, bytes: sizeOf(one.message), publishing }));
    const tooLarge = waiting.find(({ bytes }) => bytes > recordBytesMax);
    if (tooLarge) publishing.failed(recordTooLarge(topic, tooLarge));
    else if (lane.bytes() > waitingBytesMax) publishing.failed(busFull(topic));
    else lane.push(waiting);
    await ended;
    options.observe({
      kind: 'stored',
      topic,
      records: messages.length,
      bytes: waiting.reduce((sum, { bytes }) => sum + bytes, 0),
    });
  }

  function publish<T extends Topic>(topic: T, records: readonly RecordOf<T>[]): Promise<void> {
    const codec = codecOf(topic);
    const toMessage = (record: RecordOf<T>): OutgoingMessage => ({
      recordId: idOf(record),
      message: { key: keyOf(topic, record), ...codec.encode(record) },
    });
    return publishMessages(topic, records.map(toMessage));
  }

  async function close(): Promise<void> {
    await Promise.all([...lanes.values()].map((lane) => lane.idle()));
    await producer.disconnect();
  }

  return { publish, publishMessages, close };
}

function createPublishing(topic: string, owed: number, { clock, deadlineMs }: PublisherOptions) {
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
  const over = new AbortController();
  let missing = owed;
  let trouble: unknown;
  const end = (settle: () => void) => {
    if (over.signal.aborted) return;
    over.abort();
    settle();
  };
  const publishing: Publishing = {
    isWaiting: () => !over.signal.aborted,
    stored: (messages) => {
      missing -= messages;
      if (missing === 0) end(resolve);
    },
    failed: (failure) => end(() => reject(failure)),
    troubled: (error) => void (trouble = error),
  };
  void clock.sleep(deadlineMs, over.signal).then(() => publishing.failed(notStored(topic, deadlineMs, trouble)));
  return { publishing, ended };
}

function sizeOf({ key, value, headers = {} }: Message): number {
  const inHeaders = Object.entries(headers).reduce(
    (sum, [name, header]) => sum + name.length + [header ?? ''].flat().reduce(addLength, HEADER_OVERHEAD_BYTES),
    0,
  );
  return RECORD_OVERHEAD_BYTES + Buffer.byteLength(key ?? '') + Buffer.byteLength(value ?? '') + inHeaders;
}

const addLength = (sum: number, part: Buffer | string) => sum + Buffer.byteLength(part);

function busFull(topic: string): Failure {
  return new Failure('busFull', 'later', { message: `too much waits to be stored in ${topic}` });
}

/**
 * What waits to be stored in one topic. One request is under way at a time and the rest coalesces into the next, so the
 * order of records with one key survives retries without kafkajs's idempotent producer, which it calls experimental; a
 * retry may store a record twice, and every consumer bears that. A topic that cannot be written delays no other.
 */
import { Failure, messageOf, type Clock } from '@chatwarden/contracts';
import type { Message } from 'kafkajs';

export interface Publishing {
  /** Whether its caller still waits. */
  isWaiting(): boolean;
  stored(messages: number): void;
  failed(failure: Failure): void;
  /** What to say when the deadline passes. */
  troubled(error: unknown): void;
}

export interface WaitingMessage {
  message: Message;
  bytes: number;
  recordId: string;
  publishing: Publishing;
}

export interface LaneOptions {
  topic: string;
  send(messages: Message[]): Promise<void>;
  clock: Clock;
  /** How long the first record waits for company. */
  lingerMs: number;
  /** Of one request; the broker's limit is for what one partition gets of it. */
  batchBytesMax: number;
}

export interface Lane {
  push(waiting: readonly WaitingMessage[]): void;
  /** Of all that wait, under way included. */
  bytes(): number;
  /** Resolves when nothing waits. */
  idle(): Promise<void>;
}

const RETRY_FIRST_MS = 100;
const RETRY_MAX_MS = 2000;

export function createLane(options: LaneOptions): Lane {
  const { clock, lingerMs, batchBytesMax } = options;
  let waiting: WaitingMessage[] = [];
  let bytes = 0;
  let work: Promise<void> | undefined;

  function push(more: readonly WaitingMessage[]): void {
    for (const one of more) {
      waiting.push(one);
      bytes += one.bytes;
    }
    work ??= storeAll();
  }

  async function storeAll(): Promise<void> {
    await clock.sleep(lingerMs);
    for (let batch = take(); batch.length > 0; batch = take()) {
      await store(batch, options);
      bytes -= sizeOf(batch);
    }
    work = undefined;
  }

  function take(): WaitingMessage[] {
    let size = 0;
    let count = 0;
    for (const one of waiting) {
      if (count > 0 && size + one.bytes > batchBytesMax) break;
      size += one.bytes;
      count += 1;
    }
    const batch = waiting.slice(0, count);
    waiting = waiting.slice(count);
    return batch;
  }

  return { push, bytes: () => bytes, idle: async () => work };
}

function sizeOf(batch: readonly WaitingMessage[]): number {
  return batch.reduce((sum, one) => sum + one.bytes, 0);
}

/** Tries until it is stored or nobody waits for it. */
async function store(batch: readonly WaitingMessage[], options: LaneOptions): Promise<void> {
  for (let failures = 0; ; failures += 1) {
    const wanted = batch.filter(({ publishing }) => publishing.isWaiting());
    if (wanted.length === 0) return;
    try {
      await options.send(wanted.map(({ message }) => message));
      for (const { publishing } of wanted) publishing.stored(1);
      return;
    } catch (error) {
      if (isTooLarge(error)) return storeInHalves(wanted, options);
      for (const { publishing } of wanted) publishing.troubled(error);
      await options.clock.sleep(Math.min(RETRY_FIRST_MS * 2 ** failures, RETRY_MAX_MS));
    }
  }
}

/** The broker takes less than we thought; in the end only a record that is too large by itself is refused. */
async function storeInHalves(batch: readonly WaitingMessage[], options: LaneOptions): Promise<void> {
  const [only, ...others] = batch;
  if (only && others.length === 0) return only.publishing.failed(recordTooLarge(options.topic, only));
  const half = Math.ceil(batch.length / 2);
  await store(batch.slice(0, half), options);
  await store(batch.slice(half), options);
}

function isTooLarge(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('type' in error && (error.type === 'MESSAGE_TOO_LARGE' || error.type === 'RECORD_LIST_TOO_LARGE')) return true;
  return isTooLarge(error.cause);
}

export function recordTooLarge(topic: string, { recordId, bytes }: { recordId: string; bytes: number }): Failure {
  return new Failure('recordTooLarge', 'never', {
    message: `record ${recordId} for ${topic} has ${bytes} bytes, more than Kafka takes`,
  });
}

export function notStored(topic: string, deadlineMs: number, error: unknown): Failure {
  const why = error === undefined ? 'Kafka did not answer' : messageOf(error);
  return new Failure('kafkaAway', 'later', {
    message: `records for ${topic} were not stored within ${deadlineMs} ms: ${why}`,
    cause: error,
  });
}

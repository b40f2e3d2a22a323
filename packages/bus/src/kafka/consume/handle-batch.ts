/**
 * One fetched batch of one partition on its way through a handler: read, delivered in pieces of at most batchMax, and
 * after each piece the position is committed with its counts. What is given back or cannot be read yet stays where it
 * is: nothing is committed beyond it.
 */
import { idOf, type Clock, type DeadLetters, type RecordOf, type Topic } from '@chatwarden/contracts';
import type { KafkaMessage } from 'kafkajs';
import type { Delivery, Handle, Refused } from '../../bus.ts';
import { deliver, type BusLog, type Item } from '../../deliver.ts';
import { codecOf } from '../codec/codecs.ts';
import { addCounts, BUS_COUNTS, createTally, type Counts } from './counts.ts';

export interface FetchedBatch {
  partition: number;
  messages: readonly KafkaMessage[];
  /** Of the batch as it was fetched: control records may follow the last message. */
  lastOffset: bigint;
}

export interface HandleBatchOptions {
  topic: Topic;
  group: string;
  batchMax: number;
  handle: Handle<Topic>;
  deadLetters: DeadLetters;
  clock: Clock;
  log: BusLog | undefined;
  attempts: number;
  /** Aborts when there must be no further try. */
  stop: AbortSignal;
  /** Aborts when handlers must end. */
  signal: AbortSignal;
  /** All before `next` is handled; rejects when that could not be noted. */
  commit(next: bigint, counts: Counts): Promise<void>;
  onHandled(handled: HandledBatch): void;
  onUnknownFields(fields: readonly string[]): void;
  /** A record that a newer version wrote: nothing after it may be handled by this one. */
  onTooNew(offset: bigint, schema: string): void;
}

export interface HandledBatch {
  records: number;
  /** Of a kind that is not known. */
  skipped: number;
  dead: number;
  /** From taking to settling, retries and all. */
  ms: number;
}

interface FetchedItem extends Item {
  offset: bigint;
  /** Why nothing can read it. */
  unreadable?: string;
}

interface Piece {
  items: FetchedItem[];
  skipped: number;
  tooNew?: { offset: bigint; schema: string };
}

export async function handleBatch(batch: FetchedBatch, options: HandleBatchOptions): Promise<void> {
  const { batchMax, stop } = options;
  for (let from = 0; from < batch.messages.length && !stop.aborted; from += batchMax) {
    const messages = batch.messages.slice(from, from + batchMax);
    const piece = readPiece(messages, batch.partition, options);
    const { undone, counts } = await handlePiece(piece, options);
    const [firstUndone] = undone;
    const isLast = from + batchMax >= batch.messages.length;
    const end = isLast ? batch.lastOffset : BigInt(messages.at(-1)?.offset ?? 0);
    const next = firstUndone?.offset ?? piece.tooNew?.offset ?? end + 1n;
    if (next > BigInt(messages[0]?.offset ?? 0)) await options.commit(next, counts);
    if (firstUndone) return;
    if (piece.tooNew) return options.onTooNew(piece.tooNew.offset, piece.tooNew.schema);
  }
}

function readPiece(messages: readonly KafkaMessage[], partition: number, options: HandleBatchOptions): Piece {
  const codec = codecOf(options.topic);
  const piece: Piece = { items: [], skipped: 0 };
  for (const message of messages) {
    const offset = BigInt(message.offset);
    const source = { partition, offset: message.offset };
    const reading = codec.decode(message);
    if (reading.result === 'unknownMajor') return { ...piece, tooNew: { offset, schema: reading.schema } };
    if (reading.result === 'unknownKind') piece.skipped += 1;
    if (reading.result === 'record') {
      piece.items.push({ record: reading.record, offset, source });
      if (reading.unknownFields.length > 0) options.onUnknownFields(reading.unknownFields);
    }
    if (reading.result === 'invalid') {
      const id = `${options.topic}/${partition}/${message.offset}`;
      const placeholder = { id } as unknown as RecordOf<Topic>;
      piece.items.push({ record: placeholder, offset, source, unreadable: `unreadable: ${reading.reason}` });
    }
  }
  return piece;
}

async function handlePiece(piece: Piece, options: HandleBatchOptions) {
  const { clock, deadLetters, onHandled } = options;
  let counts: Counts = piece.skipped > 0 ? { [BUS_COUNTS.skipped]: piece.skipped } : {};
  let counted: Counts = {};
  let dead = 0;
  if (piece.items.length === 0) {
    if (piece.skipped > 0) onHandled({ records: 0, skipped: piece.skipped, dead: 0, ms: 0 });
    return { undone: [], counts };
  }
  const unreadable = new Map(piece.items.map(({ record, unreadable: why }) => [record, why]));
  const startedAt = clock.now();
  const undone = await deliver(piece.items, {
    ...options,
    stopRetrying: options.stop,
    isWanted: () => true,
    deadLetters: {
      put: async (letters) => {
        await deadLetters.put(letters);
        dead = letters.length;
      },
    },
    handle: async (records) => {
      [counted, dead] = [{}, 0];
      const tally = createTally();
      const refused = await handleReadable(records, unreadable, { ...options, count: tally.add });
      counted = tally.counts();
      return refused;
    },
    onDone: () => {
      counts = addCounts(counts, dead > 0 ? addCounts(counted, { [BUS_COUNTS.dead]: dead }) : counted);
      [counted, dead] = [{}, 0];
    },
  });
  const records = piece.items.length - undone.length;
  onHandled({ records, skipped: piece.skipped, dead: counts[BUS_COUNTS.dead] ?? 0, ms: clock.now() - startedAt });
  return { undone, counts };
}

/** What cannot be read is refused beside what the handler refuses of the rest. */
async function handleReadable(
  records: readonly RecordOf<Topic>[],
  unreadable: ReadonlyMap<RecordOf<Topic>, string | undefined>,
  { handle, signal, count }: Pick<HandleBatchOptions, 'handle'> & Delivery,
): Promise<readonly Refused[]> {
  const refused = records.flatMap((record) => {
    const reason = unreadable.get(record);
    return reason === undefined ? [] : [{ id: idOf(record), reason }];
  });
  if (refused.length === records.length) return refused;
  const readable = records.filter((record) => unreadable.get(record) === undefined);
  return [...refused, ...(await handle(readable, { signal, count }))];
}

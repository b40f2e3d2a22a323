/**
 * From the topic to the index. Every document of a chunk comes out as indexed, duplicate or dead, and is counted with the
 * position in the topic: accepted = indexed + duplicate + dead + what still waits. What the index refuses goes whole, and
 * with its reason, to a topic of its own, from where `replay` posts it again when the cause is mended.
 */
import { Failure, type Clock, type LogChunk } from '@chatwarden/contracts';
import type { Bus, Handle, Refused } from '@chatwarden/bus';
import type { DocumentSink, ItemOutcome } from '@chatwarden/logstore';
import type { IndexMetrics } from '../metrics.ts';
import { splitChunk } from './split-chunk.ts';
import { toRefusedChunks, type RefusedDocument } from './to-refused-chunks.ts';

export interface IndexDeps {
  bus: Pick<Bus, 'publish'>;
  sink: DocumentSink;
  clock: Pick<Clock, 'now'>;
  metrics: IndexMetrics;
  /** Comes before the name of every index. */
  prefix?: string | undefined;
}

/** What a handled chunk's documents became. */
export interface Tally {
  indexed: number;
  duplicate: number;
  dead: number;
}

const RESULTS = { created: 'indexed', duplicate: 'duplicate', refused: 'dead' } as const;

export function createIndexChunks({ bus, sink, clock, metrics, prefix = '' }: IndexDeps): Handle<'logs'> {
  return async (chunks, { signal, count }) => {
    const began = clock.now();
    const { whole, broken } = sort(chunks, prefix);
    const documents = whole.flatMap((chunk) => chunk.documents);
    const outcomes = documents.length === 0 ? [] : await sink.writeDocuments(documents, signal);
    if (outcomes.length !== documents.length) {
      const message = `${outcomes.length} outcomes for ${documents.length} documents`;
      throw new Failure('sinkShort', 'later', { message });
    }
    const { tally, refused } = takeStock(whole, outcomes);
    if (refused.length > 0) await bus.publish('logs.refused', toRefusedChunks(refused, clock.now()));
    for (const { chunk } of broken) tally.dead += chunk.ids.length;
    for (const [result, n] of Object.entries(tally)) {
      if (n === 0) continue;
      count(result, n);
      metrics.indexed.inc({ result }, n);
    }
    metrics.seconds.observe((clock.now() - began) / 1000);
    return broken.map(({ refusal }) => refusal);
  };
}

interface Whole {
  chunk: LogChunk;
  documents: NonNullable<ReturnType<typeof splitChunk>>;
}

function sort(chunks: readonly LogChunk[], prefix: string) {
  const whole: Whole[] = [];
  const broken: { chunk: LogChunk; refusal: Refused }[] = [];
  for (const chunk of chunks) {
    const documents = splitChunk(chunk, prefix);
    if (documents) whole.push({ chunk, documents });
    else broken.push({ chunk, refusal: { id: chunk.id, reason: 'the chunk has not as many lines as ids' } });
  }
  return { whole, broken };
}

function takeStock(whole: readonly Whole[], outcomes: readonly ItemOutcome[]) {
  const tally: Tally = { indexed: 0, duplicate: 0, dead: 0 };
  const refused: RefusedDocument[] = [];
  let at = 0;
  for (const { chunk, documents } of whole) {
    for (const { id, line } of documents) {
      const outcome = outcomes[at];
      at += 1;
      tally[outcome ? RESULTS[outcome.result] : 'dead'] += 1;
      if (outcome?.result !== 'refused') continue;
      refused.push({ id, service: chunk.service, day: chunk.day, line, reason: outcome.reason });
    }
  }
  return { tally, refused };
}

/** How records of each family of topics become Kafka messages and are read again. */
import {
  readRecord,
  type EnvelopedRecord,
  type LogChunk,
  type Reading,
  type RefusedChunk,
} from '@chatwarden/contracts';
import type { RecordOf, Topic, TopicRecords } from '@chatwarden/contracts';
import type { EncodedRecord, StoredMessage } from './encoded-record.ts';
import { decodeLogChunk, encodeLogChunk } from './log-chunk.ts';
import { decodeRefusedChunk, encodeRefusedChunk } from './refused-chunk.ts';

export interface Codec<R> {
  encode(record: R): EncodedRecord;
  decode(message: StoredMessage): Reading<R>;
}

const CODECS: { [T in keyof TopicRecords]: Codec<TopicRecords[T]> } = {
  events: enveloped('chat-event'),
  verdicts: enveloped('verdict'),
  actions: enveloped('action-taken'),
  logs: { encode: encodeLogChunk, decode: decodeLogChunk } satisfies Codec<LogChunk>,
  'logs.refused': { encode: encodeRefusedChunk, decode: decodeRefusedChunk } satisfies Codec<RefusedChunk>,
};

export function codecOf<T extends Topic>(topic: T): Codec<RecordOf<T>> {
  const family = topic.startsWith('events.g.') ? 'events' : (topic as keyof TopicRecords);
  return CODECS[family] as unknown as Codec<RecordOf<T>>;
}

/** JSON, with the trace context where tracing tools look for it: https://www.w3.org/TR/trace-context/ */
function enveloped<R extends EnvelopedRecord>(family: string): Codec<R> {
  return {
    encode: (record) => ({
      value: Buffer.from(JSON.stringify(record)),
      headers: { traceparent: record.traceparent },
    }),
    decode: ({ value }) => {
      const parsed = parseJson(value);
      if (parsed === undefined) return { result: 'invalid', reason: 'is not JSON' };
      const reading = readRecord<R>(parsed);
      if (reading.result !== 'record' || reading.record.schema.startsWith(`${family}/`)) return reading;
      return { result: 'invalid', reason: `schema ${reading.record.schema} does not belong here` };
    },
  };
}

/** Undefined for what is no JSON: the parser's own words would quote it. */
function parseJson(value: Buffer | null): unknown {
  try {
    return value === null ? undefined : JSON.parse(value.toString());
  } catch {
    return undefined;
  }
}

/**
 * A LogChunk on the wire: the value is its NDJSON as it is, so that nobody between door and index has to look inside;
 * all else is in headers. Ids of documents are mostly ours, 32 hex digits, and travel as 16 bytes each: 16 kB for a
 * thousand. Ids of another form travel as JSON.
 */
import type { LogChunk, Reading } from '@chatwarden/contracts';
import type { EncodedRecord, StoredMessage } from './encoded-record.ts';

const SCHEMA = 'log-chunk';
const MAJOR = 1;
const OUR_ID = /^[0-9a-f]{32}$/;
const ID_BYTES = 16;

export function encodeLogChunk({ id, service, day, ids, lines }: LogChunk): EncodedRecord {
  const packed = ids.every((documentId) => OUR_ID.test(documentId));
  return {
    value: Buffer.from(lines.buffer, lines.byteOffset, lines.byteLength),
    headers: {
      schema: `${SCHEMA}/${MAJOR}`,
      id,
      service,
      day,
      count: String(ids.length),
      ...(packed ? { ids: Buffer.from(ids.join(''), 'hex') } : { 'ids-json': JSON.stringify(ids) }),
    },
  };
}

export function decodeLogChunk({ value, headers = {} }: StoredMessage): Reading<LogChunk> {
  const text = (name: string) => headerOf(headers[name])?.toString();
  const [schema, major] = text('schema')?.split('/') ?? [];
  if (schema !== SCHEMA) return { result: 'invalid', reason: 'has no schema of ours' };
  if (Number(major) !== MAJOR) return { result: 'unknownMajor', schema: `${schema}/${major}` };
  const [id, service, day] = ['id', 'service', 'day'].map(text);
  if (!id || !service || !day || !value) return { result: 'invalid', reason: 'lacks a header or its lines' };
  const ids = unpackIds(headerOf(headers['ids'])) ?? parseIds(text('ids-json'));
  if (ids?.length !== Number(text('count'))) return { result: 'invalid', reason: 'has not as many ids as it counts' };
  const lines = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return { result: 'record', record: { id, service, day, ids, lines }, unknownFields: [] };
}

function headerOf(header: unknown): Buffer | undefined {
  const first: unknown = Array.isArray(header) ? header[0] : header;
  if (typeof first === 'string') return Buffer.from(first);
  return first instanceof Buffer ? first : undefined;
}

function unpackIds(packed: Buffer | undefined): string[] | undefined {
  if (!packed) return undefined;
  const hex = packed.toString('hex');
  return Array.from({ length: packed.length / ID_BYTES }, (_, index) =>
    hex.slice(index * ID_BYTES * 2, (index + 1) * ID_BYTES * 2),
  );
}

function parseIds(json: string | undefined): string[] | undefined {
  try {
    const ids: unknown = JSON.parse(json ?? '');
    return Array.isArray(ids) && ids.every((id) => typeof id === 'string') ? ids : undefined;
  } catch {
    return undefined;
  }
}

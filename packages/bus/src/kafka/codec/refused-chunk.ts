/** A RefusedChunk on the wire: a LogChunk with one header more, which says when and why. */
import type { Reading, RefusedChunk } from '@chatwarden/contracts';
import type { EncodedRecord, StoredMessage } from './encoded-record.ts';
import { decodeLogChunk, encodeLogChunk } from './log-chunk.ts';

export function encodeRefusedChunk({ reasons, at, ...chunk }: RefusedChunk): EncodedRecord {
  const { value, headers } = encodeLogChunk(chunk);
  return { value, headers: { ...headers, refused: JSON.stringify({ reasons, at }) } };
}

export function decodeRefusedChunk(message: StoredMessage): Reading<RefusedChunk> {
  const reading = decodeLogChunk(message);
  if (reading.result !== 'record') return reading;
  const refusal = parse(message.headers?.['refused']);
  if (refusal?.reasons.length !== reading.record.ids.length) {
    return { result: 'invalid', reason: 'does not say why its documents were refused' };
  }
  return { ...reading, record: { ...reading.record, ...refusal } };
}

function parse(header: unknown): Pick<RefusedChunk, 'reasons' | 'at'> | undefined {
  try {
    const { reasons, at } = JSON.parse(String(header)) as { reasons?: unknown; at?: unknown };
    const isOurs = Array.isArray(reasons) && reasons.every((reason) => typeof reason === 'string');
    return isOurs && typeof at === 'number' ? { reasons, at } : undefined;
  } catch {
    return undefined;
  }
}

/** Documents that the index refused as records of `logs.refused`, each small enough for the bus. Pure. */
import type { Millis, RefusedChunk } from '@chatwarden/contracts';
import type { AcceptedDocument } from '../accept/durable.ts';
import { toChunks, type ChunkLimits } from '../accept/to-chunks.ts';

export interface RefusedDocument extends AcceptedDocument {
  reason: string;
}

/** With their reasons they stay below what a broker takes, unless one document is larger alone. */
const LIMITS: ChunkLimits = { bytesMax: 256 * 1024, documentsMax: 200 };
/** A reason may quote all of a field; what is wrong stands at its beginning. */
const REASON_CHARS_MAX = 1000;

export function toRefusedChunks(documents: readonly RefusedDocument[], at: Millis): RefusedChunk[] {
  const reasons = new Map(documents.map((document) => [keyOf(document), document.reason.slice(0, REASON_CHARS_MAX)]));
  return toChunks(documents, LIMITS).map((chunk) => {
    const { service, day, ids } = chunk;
    return { ...chunk, at, reasons: ids.map((id) => reasons.get(keyOf({ service, day, id })) ?? '') };
  });
}

function keyOf({ service, day, id }: Pick<RefusedDocument, 'service' | 'day' | 'id'>): string {
  return `${service} ${day} ${id}`;
}

/** Documents of any services and days as chunks of one each, in the order they came. Pure. */
import { hashId, type LogChunk } from '@chatwarden/contracts';
import type { AcceptedDocument } from './durable.ts';

export interface ChunkLimits {
  /** Of the lines; a document that is larger alone is a chunk alone. */
  bytesMax: number;
  documentsMax: number;
}

/** Half of what a broker takes by default (message.max.bytes, 1 MiB), with room for the ids. */
export const CHUNK_LIMITS: ChunkLimits = { bytesMax: 512 * 1024, documentsMax: 2000 };

interface Open {
  service: string;
  day: string;
  documents: AcceptedDocument[];
  bytes: number;
}

const LINE_FEED = 10;

export function toChunks(documents: readonly AcceptedDocument[], limits = CHUNK_LIMITS): LogChunk[] {
  const chunks: LogChunk[] = [];
  const open = new Map<string, Open>();
  let current: Open | undefined;
  for (const document of documents) {
    if (current?.service !== document.service || current.day !== document.day) current = openFor(document, open);
    const bytes = document.line.length + 1;
    const isFull = current.bytes + bytes > limits.bytesMax || current.documents.length >= limits.documentsMax;
    if (isFull && current.documents.length > 0) {
      chunks.push(toChunk(current));
      current.documents = [];
      current.bytes = 0;
    }
    current.documents.push(document);
    current.bytes += bytes;
  }
  for (const rest of open.values()) chunks.push(toChunk(rest));
  return chunks;
}

function openFor({ service, day }: AcceptedDocument, open: Map<string, Open>): Open {
  const key = `${service} ${day}`;
  const known = open.get(key) ?? { service, day, documents: [], bytes: 0 };
  open.set(key, known);
  return known;
}

function toChunk({ service, day, documents, bytes }: Open): LogChunk {
  const lines = Buffer.allocUnsafe(bytes);
  const ids: string[] = [];
  let end = 0;
  for (const { id, line } of documents) {
    ids.push(id);
    lines.set(line, end);
    end += line.length;
    lines[end] = LINE_FEED;
    end += 1;
  }
  return { id: hashId('chunk', ...ids), service, day, ids, lines };
}

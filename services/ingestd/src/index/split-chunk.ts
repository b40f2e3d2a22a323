import type { LogChunk } from '@chatwarden/contracts';
import { logIndex, type RawDocument } from '@chatwarden/logstore';

const LINE_FEED = 10;

/** Undefined when the chunk has not as many lines as ids. Lines are views into the chunk. Pure. */
export function splitChunk(chunk: LogChunk, prefix: string): RawDocument[] | undefined {
  const { service, day, ids, lines } = chunk;
  const index = prefix + logIndex(service, day);
  const documents: RawDocument[] = [];
  let start = 0;
  for (const id of ids) {
    const end = lines.indexOf(LINE_FEED, start);
    if (end === -1) return undefined;
    documents.push({ id, index, line: lines.subarray(start, end) });
    start = end + 1;
  }
  return start === lines.length ? documents : undefined;
}

import type { Clock } from '@chatwarden/contracts';
import type { DocumentSink, RawDocument } from '../documents.ts';
import type { ItemOutcome } from '../log-store.ts';

export interface WriteDeps {
  engine: DocumentSink;
  clock: Clock;
  /** How long an OpenSearch that is away is waited for. */
  timeoutMs: number;
}

/** Rejects with Failure `opensearchAway` (later) when not every document was taken within `timeoutMs`. */
export async function writeInTime(
  documents: readonly RawDocument[],
  { engine, clock, timeoutMs }: WriteDeps,
): Promise<ItemOutcome[]> {
  if (documents.length === 0) return [];
  const done = new AbortController();
  const late = new AbortController();
  void clock.sleep(timeoutMs, done.signal).then(() => late.abort());
  try {
    return await engine.writeDocuments(documents, late.signal);
  } finally {
    done.abort();
  }
}

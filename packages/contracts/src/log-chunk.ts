import type { Millis } from './ids.ts';

/**
 * What travels through the topic `logs`: accepted documents of one service and one day (UTC), as the lines that will be
 * indexed. They are checked and parsed once, at the door; from there on nobody has to look inside.
 */
export interface LogChunk {
  /** Names the chunk in logs and dead letters: a digest of the documents' ids. */
  id: string;
  /** service.name of every document. */
  service: string;
  /** Day of every document's `@timestamp`, `YYYY-MM-DD`. With the service it is the index. */
  day: string;
  /** The id of each document in its index, in the order of the lines: event.id, or a digest of it where it has another form. */
  ids: readonly string[];
  /** NDJSON: one ECS document a line, each ended by a line feed. */
  lines: Uint8Array;
}

/** What travels through the topic `logs.refused`: documents that the index will not have as they are, and why. */
export interface RefusedChunk extends LogChunk {
  /** The index's own words, in the order of the lines. */
  reasons: readonly string[];
  /** When they were refused. */
  at: Millis;
}

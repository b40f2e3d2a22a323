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
  /** event.id of each document, which is its document id, in the order of the lines. */
  ids: readonly string[];
  /** NDJSON: one ECS document a line, each ended by a line feed. */
  lines: Uint8Array;
}

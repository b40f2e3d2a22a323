/** What becomes of accepted documents, and when the sender may forget them. */

export interface AcceptedDocument {
  /** The document's id in its index: 32 hex digits. */
  id: string;
  /** service.name, which is part of the index's name. */
  service: string;
  /** UTC day of `@timestamp`, `YYYY-MM-DD`. */
  day: string;
  /** One ECS document, without a line feed. May be a view into a larger buffer. */
  line: Uint8Array;
}

export interface Kept {
  /** How many were there already; absent where that is not known yet. */
  duplicates?: number;
  /** What the store will not have, by index into the documents given. */
  refused: readonly { index: number; reason: string }[];
}

export interface Durable {
  /**
   * Resolves when every document that is not refused outlives a crash of everything. Rejects with a Failure (later)
   * when that cannot be promised now; some may have been kept then, so the same ids have to come again.
   */
  keep(documents: readonly AcceptedDocument[]): Promise<Kept>;
}

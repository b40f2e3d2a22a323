/** Entries that may travel, in order. Parts are kept as they came, so that a call of thousands costs as much as one. */
import type { Millis } from '@chatwarden/contracts';
import type { Call, Entry } from './call.ts';

interface Part {
  entries: readonly Entry[];
  /** The first that was not taken. */
  next: number;
  since: Millis;
}

export interface Line {
  add(entries: readonly Entry[], now: Millis): void;
  /** In front of all others, and as if they had waited for ever. */
  putInFront(entries: readonly Entry[]): void;
  /** At most so much, but at least one when there is one. */
  take(bounds: { bytes: number; documents: number }): Entry[];
  drop(call: Call): void;
  bytes(): number;
  documents(): number;
  /** When the oldest came; undefined when nothing waits. */
  oldest(): Millis | undefined;
}

export function createLine(): Line {
  let parts: Part[] = [];
  let bytes = 0;
  let documents = 0;

  function toParts(entries: readonly Entry[], since: Millis): Part[] {
    const wanted = entries.filter((entry) => !entry.call.isOver());
    if (wanted.length === 0) return [];
    count(wanted, 1);
    return [{ entries: wanted, next: 0, since }];
  }

  function count(entries: readonly Entry[], sign: 1 | -1): void {
    for (const entry of entries) bytes += sign * entry.bytes;
    documents += sign * entries.length;
  }

  function take(bounds: { bytes: number; documents: number }): Entry[] {
    const batch: Entry[] = [];
    let free = bounds.bytes;
    for (let part = parts[0]; part; part = parts[0]) {
      const { entries, next } = part;
      const upTo = firstThatExceeds(part, { bytes: free, documents: bounds.documents - batch.length });
      part.next = upTo === next && batch.length === 0 ? next + 1 : upTo;
      for (const entry of entries.slice(next, part.next)) {
        batch.push(entry);
        free -= entry.bytes;
      }
      if (part.next < entries.length) break;
      parts.shift();
    }
    count(batch, -1);
    return batch;
  }

  function drop(call: Call): void {
    const kept = parts;
    parts = [];
    bytes = 0;
    documents = 0;
    for (const { entries, next, since } of kept) {
      const others = entries.slice(next).filter((entry) => entry.call !== call);
      parts.push(...toParts(others, since));
    }
  }

  return {
    add: (entries, now) => void parts.push(...toParts(entries, now)),
    putInFront: (entries) => void parts.unshift(...toParts(entries, -Infinity)),
    take,
    drop,
    bytes: () => bytes,
    documents: () => documents,
    oldest: () => parts[0]?.since,
  };
}

function firstThatExceeds({ entries, next }: Part, free: { bytes: number; documents: number }): number {
  const end = Math.min(entries.length, next + free.documents);
  let bytes = 0;
  for (let i = next; i < end; i++) {
    bytes += entries[i]?.bytes ?? 0;
    if (bytes > free.bytes) return i;
  }
  return end;
}

import type { Millis } from '@chatwarden/contracts';

/** What is due when, soonest first: a binary heap. */
export interface DueTimes<T> {
  add(at: Millis, value: T): void;
  /** When the soonest is due. */
  nextAt(): Millis | undefined;
  /** Takes the soonest out. */
  shift(): T | undefined;
}

interface Entry<T> {
  at: Millis;
  value: T;
}

export function createDueTimes<T>(): DueTimes<T> {
  const heap: Entry<T>[] = [];
  const atOf = (index: number) => heap[index]?.at ?? Infinity;

  function swap(a: number, b: number): void {
    const [one, other] = [heap[a], heap[b]];
    if (one && other) [heap[a], heap[b]] = [other, one];
  }

  function add(at: Millis, value: T): void {
    heap.push({ at, value });
    for (let index = heap.length - 1; index > 0;) {
      const parent = (index - 1) >> 1;
      if (atOf(parent) <= at) return;
      swap(index, parent);
      index = parent;
    }
  }

  function shift(): T | undefined {
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last) return undefined;
    if (heap.length > 0) sink(last);
    return first.value;
  }

  function sink(entry: Entry<T>): void {
    heap[0] = entry;
    for (let index = 0; ;) {
      const left = 2 * index + 1;
      const child = atOf(left + 1) < atOf(left) ? left + 1 : left;
      if (atOf(child) >= entry.at) return;
      swap(index, child);
      index = child;
    }
  }

  return { add, nextAt: () => heap[0]?.at, shift };
}

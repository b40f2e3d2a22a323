/** Reads an append-only list bit by bit. The list may drop its oldest entries meanwhile: what was read is found again by identity. */
export function follow<T extends object>(items: readonly T[]): () => T[] {
  let last: T | undefined;
  return () => {
    const from = last === undefined ? 0 : items.lastIndexOf(last) + 1;
    const fresh = items.slice(from);
    last = fresh.at(-1) ?? last;
    return fresh;
  };
}

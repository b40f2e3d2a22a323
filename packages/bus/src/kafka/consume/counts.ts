/**
 * Counters that travel with the committed offset of a partition, as JSON in its metadata: so position and counts move
 * together or not at all, and whoever reads them reads what is true for exactly that position.
 */
export type Counts = Readonly<Record<string, number>>;

/** What the bus counts itself, beside what handlers do. */
export const BUS_COUNTS = {
  /** Records that went to dead letters. */
  dead: 'bus.dead',
  /** Records of a kind that this version does not know; they were passed over. */
  skipped: 'bus.skipped',
  /** Records that retention took before they were handled. */
  lost: 'bus.lost',
} as const;

/** Brokers take 4096 bytes of metadata (`offset.metadata.max.bytes`): fifty names of forty letters fit. */
const NAMES_MAX = 50;
const NAME = /^[A-Za-z][A-Za-z0-9_.-]{0,39}$/;

export function toMetadata(counts: Counts): string {
  return JSON.stringify({ counts });
}

/** Empty for metadata that is not ours. */
export function fromMetadata(metadata: string | null): Counts {
  try {
    const parsed = JSON.parse(metadata ?? '') as { counts?: unknown } | null;
    const entries = Object.entries(parsed?.counts ?? {}).filter(([, n]) => typeof n === 'number');
    return Object.fromEntries(entries) as Counts;
  } catch {
    return {};
  }
}

/** A name beyond the fiftieth is left out: better a counter less than a position that cannot be committed. */
export function addCounts(counts: Counts, more: Counts): Counts {
  const sum = new Map(Object.entries(counts));
  for (const [name, n] of Object.entries(more)) {
    if (sum.has(name) || sum.size < NAMES_MAX) sum.set(name, (sum.get(name) ?? 0) + n);
  }
  return Object.fromEntries(sum);
}

export interface Tally {
  add(name: string, n: number): void;
  counts(): Counts;
}

/** Counts one try. A name is a word of the code: what is no name is a mistake there and throws. */
export function createTally(): Tally {
  const counted: Record<string, number> = {};
  const add = (name: string, n: number) => {
    if (!NAME.test(name)) throw new TypeError(`"${name}" cannot be the name of a counter`);
    counted[name] = (counted[name] ?? 0) + n;
  };
  return { add, counts: () => counted };
}

/** Seeded random numbers, the same on every machine: a counter through MurmurHash3's finaliser. For shuffling, no more. */

/** Numbers in [0, 1). */
export function createRandom(seed: number): () => number {
  let counter = Math.imul(seed, 0x9e3779b1);
  return () => {
    counter = (counter + 0x9e3779b1) | 0;
    let bits = Math.imul(counter ^ (counter >>> 16), 0x85ebca6b);
    bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
    return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
  };
}

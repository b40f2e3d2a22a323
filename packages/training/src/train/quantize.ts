/** Weights as signed bytes with one scale: a quarter of a megabyte, and the same sums on every machine. */

export interface Quantized {
  table: Int8Array;
  scale: number;
}

const ENTRY_MAX = 127;

export function quantize(weights: Float64Array): Quantized {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const scale = largest === 0 ? 1 : Math.fround(largest / ENTRY_MAX);
  return { table: Int8Array.from(weights, (weight) => Math.round(weight / scale)), scale };
}

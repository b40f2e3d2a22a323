/** Weights as signed numbers of two bytes with one scale: a megabyte, and the same sums on every machine. */

export interface Quantized {
  table: Int16Array;
  scale: number;
}

const ENTRY_MAX = 32_767;

export function quantize(weights: Float64Array): Quantized {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const scale = largest === 0 ? 1 : Math.fround(largest / ENTRY_MAX);
  return { table: Int16Array.from(weights, (weight) => Math.round(weight / scale)), scale };
}

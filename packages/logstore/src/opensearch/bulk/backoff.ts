const FIRST_MS = 100;
const MAX_MS = 30_000;

/** Ms to wait after the nth failure in a row, from 1. Half of it is chance, so that many writers do not march in step. */
export function backoffMs(failures: number, random: () => number): number {
  const fullMs = Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20));
  return Math.round((fullMs / 2) * (1 + random()));
}

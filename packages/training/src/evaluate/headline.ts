/**
 * The figures that must not fall. A figure that is lower than the lower bound of what was recorded fell by more than its
 * noise; one that is only a little lower did not.
 */
import type { Share } from './metrics.ts';

export interface Headline extends Share {
  name: string;
}

/** The recorded figures that fell, in words. A figure that is missing now fell as well, unless its set is not there. */
export function fallen(
  now: readonly Headline[],
  recorded: readonly Headline[],
  sets: (name: string) => boolean = () => true,
): string[] {
  return recorded
    .filter(({ name }) => sets(name))
    .flatMap(({ name, value, low }) => {
      const current = now.find((figure) => figure.name === name);
      if (current === undefined) return [`${name}: recorded ${percent(value)}, not measured now`];
      const text = `${name}: ${percent(current.value)}, recorded ${percent(value)} with a lower bound of ${percent(low)}`;
      return current.value < low ? [text] : [];
    });
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

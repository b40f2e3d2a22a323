/**
 * How many groups are given new detectors at once: a bad version is then seen before it is everywhere. A group that is
 * in the middle of it, maybe since before this process, goes on in any case and counts.
 */
export interface Rollouts {
  /** Takes a place for the group when one is free, or when it has one. */
  mayRoll(key: string, isRolling: boolean): boolean;
  /** Its place is free again. Resolves whom to look at, since they may have waited for it. */
  done(key: string): readonly string[];
}

export function createRollouts(max: number): Rollouts {
  const rolling = new Set<string>();
  const waiting = new Set<string>();

  function mayRoll(key: string, isRolling: boolean): boolean {
    if (rolling.has(key)) return true;
    if (!isRolling && rolling.size >= max) {
      waiting.add(key);
      return false;
    }
    waiting.delete(key);
    rolling.add(key);
    return true;
  }

  function done(key: string): readonly string[] {
    waiting.delete(key);
    if (!rolling.delete(key)) return [];
    const next = [...waiting];
    waiting.clear();
    return next;
  }

  return { mayRoll, done };
}

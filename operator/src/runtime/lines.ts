import type { Clock, Millis } from '@chatwarden/contracts';

/** `edit`: something changed; `resync`: it is only time to look again. */
export type Priority = 'edit' | 'resync';

/** Two waiting lines, each in order of arrival. A key stands in one of them, once. */
export interface Lines {
  /** False when the key was there already; it may have moved to the faster line. */
  add(key: string, priority: Priority): boolean;
  /** Takes out who is first. */
  next(): { key: string; since: Millis } | undefined;
  length(priority: Priority): number;
  /** Since when the first of all waits. */
  oldestAt(): Millis | undefined;
}

export function createLines(clock: Clock): Lines {
  const lines: Record<Priority, Map<string, Millis>> = { edit: new Map(), resync: new Map() };

  function add(key: string, priority: Priority): boolean {
    const since = lines.resync.get(key);
    if (lines.edit.has(key) || (since !== undefined && priority === 'resync')) return false;
    lines.resync.delete(key);
    lines[priority].set(key, since ?? clock.now());
    return since === undefined;
  }

  function next(): { key: string; since: Millis } | undefined {
    for (const line of [lines.edit, lines.resync]) {
      for (const [key, since] of line) {
        line.delete(key);
        return { key, since };
      }
    }
    return undefined;
  }

  return {
    add,
    next,
    length: (priority) => lines[priority].size,
    oldestAt: () => earliest([...lines.edit.values(), ...lines.resync.values()]),
  };
}

export function earliest(times: readonly Millis[]): Millis | undefined {
  return times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b));
}

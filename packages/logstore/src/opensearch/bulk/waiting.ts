/** Documents on their way: those that may travel, and those that OpenSearch has put off. */
import type { Millis } from '@chatwarden/contracts';
import type { Call, Entry } from './call.ts';
import { createLine, type Line } from './line.ts';

export interface Waiting extends Line {
  putOff(entries: readonly Entry[], until: Millis): void;
  /** Puts in front what was put off until now. */
  wake(now: Millis): void;
  /** When what was put off is to be woken; undefined when nothing was. */
  nextWake(): Millis | undefined;
}

export function createWaiting(): Waiting {
  const line = createLine();
  let groups: { entries: readonly Entry[]; until: Millis }[] = [];

  function wake(now: Millis): void {
    const due = groups.filter((group) => group.until <= now);
    if (due.length === 0) return;
    groups = groups.filter((group) => group.until > now);
    line.putInFront(due.flatMap((group) => group.entries));
  }

  function nextWake(): Millis | undefined {
    return groups.length === 0 ? undefined : Math.min(...groups.map((group) => group.until));
  }

  function drop(call: Call): void {
    line.drop(call);
    const rest = groups.map(({ entries, until }) => ({
      entries: entries.filter((entry) => entry.call !== call),
      until,
    }));
    groups = rest.filter(({ entries }) => entries.length > 0);
  }

  return { ...line, putOff: (entries, until) => void groups.push({ entries, until }), wake, nextWake, drop };
}

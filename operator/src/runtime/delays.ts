import type { Clock, Millis } from '@chatwarden/contracts';
import { createDueTimes } from './due-times.ts';
import type { Priority } from './lines.ts';

export interface Delays {
  add(key: string, ms: number, priority: Priority): void;
  close(): void;
}

interface Delayed {
  at: Millis;
  priority: Priority;
}

/** Keys that are due later, with one timer for all of them. Of a key only its soonest time is kept. */
export function createDelays(clock: Clock, onDue: (key: string, priority: Priority) => void): Delays {
  const waiting = new Map<string, Delayed>();
  const times = createDueTimes<string>();
  const closed = new AbortController();
  let timer: { at: Millis; cut: AbortController } | undefined;

  function add(key: string, ms: number, priority: Priority): void {
    if (closed.signal.aborted) return;
    const at = clock.now() + ms;
    const old = waiting.get(key);
    if (old && old.at <= at) {
      if (priority === 'edit') old.priority = 'edit';
      return;
    }
    waiting.set(key, { at, priority: old?.priority === 'edit' ? 'edit' : priority });
    times.add(at, key);
    schedule();
  }

  function schedule(): void {
    const at = times.nextAt();
    if (at === undefined || (timer && timer.at <= at)) return;
    timer?.cut.abort();
    const cut = new AbortController();
    timer = { at, cut };
    void clock.sleep(at - clock.now(), cut.signal).then(() => {
      if (cut.signal.aborted) return;
      timer = undefined;
      fire();
      schedule();
    });
  }

  function fire(): void {
    const now = clock.now();
    for (let at = times.nextAt(); at !== undefined && at <= now; at = times.nextAt()) {
      const key = times.shift();
      const delayed = key === undefined ? undefined : waiting.get(key);
      // A key whose time was moved forward stands in the heap twice.
      if (key === undefined || !delayed || delayed.at > now) continue;
      waiting.delete(key);
      onDue(key, delayed.priority);
    }
  }

  return {
    add,
    close: () => {
      closed.abort();
      timer?.cut.abort();
      waiting.clear();
    },
  };
}

import type { Clock, Millis } from '@chatwarden/contracts';

export interface Alarm {
  /** Rings once at this time, unless it rings before. */
  setTo(at: Millis): void;
  clear(): void;
}

export function createAlarm(clock: Clock, ring: () => void): Alarm {
  let set: { at: Millis; cancel: AbortController } | undefined;

  function clear(): void {
    set?.cancel.abort();
    set = undefined;
  }

  function setTo(at: Millis): void {
    if (set && set.at <= at) return;
    clear();
    const mine = { at, cancel: new AbortController() };
    set = mine;
    void clock.sleep(Math.max(0, at - clock.now()), mine.cancel.signal).then(() => {
      if (set !== mine) return;
      set = undefined;
      ring();
    });
  }

  return { setTo, clear };
}

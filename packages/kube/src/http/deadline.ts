import type { Clock } from '@chatwarden/contracts';

/** Why its timer ends early. Without a reason, each abort makes an error with a stack, which costs as much as sending. */
const DONE = 'done';

/** Aborts when its time is over or when the caller's signal does, and can say which of them it was. */
export interface Deadline {
  signal: AbortSignal;
  isOver(): boolean;
  /** Its time is over now. */
  expire(): void;
  /** No time limit from now on; the caller's signal still counts. */
  lift(): void;
  /** Lets go of the caller's signal too. */
  release(): void;
}

export interface DeadlineOptions {
  clock: Clock;
  ms: number;
  signal?: AbortSignal | undefined;
}

export function startDeadline({ clock, ms, signal }: DeadlineOptions): Deadline {
  const cut = new AbortController();
  const lifted = new AbortController();
  let over = false;
  const onAbort = () => cut.abort(signal?.reason);
  if (signal?.aborted) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });
  function expire(): void {
    if (lifted.signal.aborted || cut.signal.aborted) return;
    over = true;
    cut.abort();
  }
  void clock.sleep(ms, lifted.signal).then(expire);
  return {
    signal: cut.signal,
    isOver: () => over,
    expire,
    lift: () => lifted.abort(DONE),
    release: () => {
      lifted.abort(DONE);
      signal?.removeEventListener('abort', onAbort);
    },
  };
}

import { Failure, type Clock } from '@chatwarden/contracts';

/** Why its timer ends early: an abort without a reason makes an error with a stack. */
const DONE = 'done';

/** A signal that aborts with its parent, or when its time is over. */
export interface TimeLimit {
  signal: AbortSignal;
  isOver(): boolean;
  release(): void;
}

export interface TimeLimitOptions {
  clock: Clock;
  ms: number;
  parent: AbortSignal;
  /** For the message. */
  name: string;
}

export function startTimeLimit({ clock, ms, parent, name }: TimeLimitOptions): TimeLimit {
  const cut = new AbortController();
  const released = new AbortController();
  let over = false;
  const stop = () => cut.abort(parent.reason);
  if (parent.aborted) stop();
  parent.addEventListener('abort', stop, { once: true });
  void clock.sleep(ms, released.signal).then(() => {
    if (released.signal.aborted || cut.signal.aborted) return;
    over = true;
    cut.abort(new Failure('timeout', 'later', { message: `${name} took longer than ${ms} ms` }));
  });
  return {
    signal: cut.signal,
    isOver: () => over,
    release: () => {
      released.abort(DONE);
      parent.removeEventListener('abort', stop);
    },
  };
}

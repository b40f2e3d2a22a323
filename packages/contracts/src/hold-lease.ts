/** What every adapter of the Lease port does around its own way to get a lease, to keep it and to give it back. */
import type { Lease } from './ports.ts';

export interface HoldLeaseOptions<Held extends { epoch: number }> {
  /** Resolves to undefined when the signal aborts first. */
  acquire(name: string, signal: AbortSignal): Promise<Held | undefined>;
  /** Resolves when the lease can no longer be counted on, or when `ended` aborts. */
  keep(held: Held, ended: AbortSignal): Promise<void>;
  release(held: Held): Promise<void>;
  log: { warn(fields: object, message: string): void };
}

type Hold = Lease['hold'];

/**
 * Within a process a name is held once at a time: whoever wants it next waits for the one before. When the signal aborts,
 * `lost` does too, and the lease is given back once `run` has ended.
 */
export function createHold<Held extends { epoch: number }>(options: HoldLeaseOptions<Held>): Hold {
  const turns = new Map<string, Promise<unknown>>();

  return async (name, run, signal) => {
    const before = turns.get(name);
    const turn = Promise.race([before, aborted(signal)]).then(() => holdOnce(options, [name, run, signal]));
    turns.set(name, Promise.allSettled([before, turn]));
    return turn;
  };
}

async function holdOnce<Held extends { epoch: number }>(
  { acquire, keep, release, log }: HoldLeaseOptions<Held>,
  [name, run, signal]: Parameters<Hold>,
): Promise<void> {
  const held = await acquire(name, signal);
  if (!held) return;
  const lost = new AbortController();
  const ended = new AbortController();
  const kept = keep(held, AbortSignal.any([ended.signal, signal])).then(() => lost.abort());
  try {
    await run(held.epoch, lost.signal);
  } finally {
    ended.abort();
    await kept;
    await release(held).catch((error: unknown) => {
      log.warn({ err: error, lease: name }, 'cannot give a lease back, it ends by itself');
    });
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

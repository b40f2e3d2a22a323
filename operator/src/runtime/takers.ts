/** Workers that wait for something to do, first come first served. */
export interface Takers {
  /** Resolves when woken, or when the signal aborts. */
  wait(signal: AbortSignal): Promise<void>;
  wakeOne(): void;
}

export function createTakers(): Takers {
  const waiting = new Set<() => void>();

  function wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  function wakeOne(): void {
    for (const wake of waiting) return wake();
  }

  return { wait, wakeOne };
}

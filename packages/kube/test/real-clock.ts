import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '@chatwarden/contracts';

export const realClock: Clock = {
  now: Date.now,
  sleep: (ms, signal) => wait(Math.max(0, ms), undefined, signal ? { signal } : {}).catch(() => undefined),
};

/** Looks again and again, and says what was seen last when it never comes true. */
export async function within(ms: number, look: () => Promise<string | undefined>): Promise<void> {
  const endsAt = Date.now() + ms;
  for (;;) {
    const wrong = await look();
    if (wrong === undefined) return;
    if (Date.now() > endsAt) throw new Error(`not within ${ms} ms: ${wrong}`);
    await wait(50);
  }
}

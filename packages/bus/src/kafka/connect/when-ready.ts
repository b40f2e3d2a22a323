/**
 * A cluster answers some questions with "not yet": a topic that was just made has no leader, a group no coordinator. Asks
 * again for a few seconds, only then.
 */
import { setTimeout as delay } from 'node:timers/promises';

const ASK_AGAIN_MS = 100;
const TIMES_MAX = 50;

export async function whenReady<T>(ask: () => Promise<T>): Promise<T> {
  for (let times = 1; ; times += 1) {
    try {
      return await ask();
    } catch (error) {
      if (times === TIMES_MAX || !isNotYet(error)) throw error;
      await delay(ASK_AGAIN_MS);
    }
  }
}

function isNotYet(error: unknown): boolean {
  return (
    error instanceof Error && error.name === 'KafkaJSProtocolError' && 'retriable' in error && error.retriable === true
  );
}

/**
 * A cluster answers some questions with "not yet": a topic that was just made has no leader, a group no coordinator. Asks
 * again for a few seconds, only then.
 */
import { setTimeout as delay } from 'node:timers/promises';

const ASK_AGAIN_MS = 100;
const TIMES_MAX = 50;

export async function whenReady<T>(ask: () => Promise<T>, isWorthwhile = isNotYet): Promise<T> {
  for (let times = 1; ; times += 1) {
    try {
      return await ask();
    } catch (error) {
      if (times === TIMES_MAX || !isWorthwhile(error)) throw error;
      await delay(ASK_AGAIN_MS);
    }
  }
}

/**
 * Also when kafkajs has asked several times itself, which it does where a topic is not known. Of a topic that was just made
 * that is no answer yet: on a busy machine its cluster was seen to need more than three seconds.
 */
export async function whenMade<T>(ask: () => Promise<T>): Promise<T> {
  return whenReady(ask, (error) => isNotYet(error) || (isWornOut(error) && isNotYet(error.cause)));
}

function isWornOut(error: unknown): error is Error {
  return error instanceof Error && error.name === 'KafkaJSNumberOfRetriesExceeded';
}

function isNotYet(error: unknown): boolean {
  return (
    error instanceof Error && error.name === 'KafkaJSProtocolError' && 'retriable' in error && error.retriable === true
  );
}

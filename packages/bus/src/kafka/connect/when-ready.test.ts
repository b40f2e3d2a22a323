import kafkajs from 'kafkajs';
import { expect, it } from 'vitest';
import { whenMade, whenReady } from './when-ready.ts';

const { KafkaJSNumberOfRetriesExceeded, KafkaJSProtocolError } = kafkajs;

const protocolError = (retriable: boolean) =>
  Object.assign(new KafkaJSProtocolError(new Error('this server does not host this topic-partition')), { retriable });
const wornOut = (cause: Error) => new KafkaJSNumberOfRetriesExceeded(cause, { retryCount: 5, retryTime: 1000 });

/** Fails so often with the error, then answers. */
function asking(error: Error, failures: number) {
  let asked = 0;
  return async () => {
    asked += 1;
    if (asked <= failures) throw error;
    return asked;
  };
}

it('asks again while the cluster says "not yet", and only then', async () => {
  expect(await whenReady(asking(protocolError(true), 2))).toBe(3);
  await expect(whenReady(asking(protocolError(false), 1))).rejects.toThrow('does not host');
  await expect(whenReady(asking(new Error('no'), 1))).rejects.toThrow('no');
});

it('asks about a topic that was just made again, even where kafkajs has lost patience', async () => {
  const error = wornOut(protocolError(true));
  await expect(whenReady(asking(error, 1))).rejects.toBe(error);
  expect(await whenMade(asking(error, 2))).toBe(3);
  await expect(whenMade(asking(wornOut(protocolError(false)), 1))).rejects.toThrow('does not host');
});

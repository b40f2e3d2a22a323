import type { Failure } from '@chatwarden/contracts';
import { manualClock } from '@chatwarden/testkit';
import type { Message } from 'kafkajs';
import { expect, it } from 'vitest';
import { createLane, type WaitingMessage } from './lane.ts';

const LINGER_MS = 2;
const BATCH_BYTES = 100;
const tooLarge = () => Object.assign(new Error('too large'), { type: 'MESSAGE_TOO_LARGE' });

function opened(send: (messages: readonly string[]) => Promise<void> = async () => {}) {
  const clock = manualClock();
  const requests: string[][] = [];
  const lane = createLane({
    topic: 'events',
    clock,
    lingerMs: LINGER_MS,
    batchBytesMax: BATCH_BYTES,
    send: async (messages: Message[]) => {
      const values = messages.map(({ value }) => String(value));
      await send(values);
      requests.push(values);
    },
  });
  return { lane, clock, requests };
}

function waiting(value: string, bytes = 10) {
  const state = {
    stored: 0,
    failure: undefined as Failure | undefined,
    isWaiting: true,
    trouble: undefined as unknown,
  };
  const message: WaitingMessage = {
    message: { value },
    bytes,
    recordId: value,
    publishing: {
      isWaiting: () => state.isWaiting,
      stored: (n) => void (state.stored += n),
      failed: (failure) => void (state.failure = failure),
      troubled: (error) => void (state.trouble = error),
    },
  };
  return { message, state };
}

it('makes one request of what comes within the linger', async () => {
  const { lane, clock, requests } = opened();
  lane.push([waiting('a').message]);
  lane.push([waiting('b').message]);
  expect(requests).toEqual([]);
  await clock.advance(LINGER_MS);
  await lane.idle();
  expect(requests).toEqual([['a', 'b']]);
  expect(lane.bytes()).toBe(0);
});

it('splits by bytes and keeps the order', async () => {
  const { lane, clock, requests } = opened();
  lane.push([waiting('a', 60).message, waiting('b', 40).message, waiting('c', 1).message]);
  await clock.advance(LINGER_MS);
  await lane.idle();
  expect(requests).toEqual([['a', 'b'], ['c']]);
});

it('sends the same again while its caller waits, before anything younger', async () => {
  let isAway = true;
  const { lane, clock, requests } = opened(async () => {
    if (isAway) throw new Error('away');
  });
  const first = waiting('a');
  lane.push([first.message]);
  await clock.advance(LINGER_MS);
  lane.push([waiting('b').message]);
  expect(first.state.trouble).toMatchObject({ message: 'away' });
  isAway = false;
  await clock.advance(100);
  await lane.idle();
  expect(requests).toEqual([['a'], ['b']]);
  expect(first.state.stored).toBe(1);
});

it('lets go of what nobody waits for any more', async () => {
  const { lane, clock, requests } = opened(async () => {
    throw new Error('away');
  });
  const only = waiting('a');
  lane.push([only.message]);
  await clock.advance(LINGER_MS);
  only.state.isWaiting = false;
  await clock.advance(100);
  await lane.idle();
  expect([requests, only.state.stored]).toEqual([[], 0]);
});

it('finds the one record that the broker does not take, and stores the rest', async () => {
  const { lane, clock, requests } = opened(async (values) => {
    if (values.includes('big')) throw new Error('failed', { cause: tooLarge() });
  });
  const [good, big, other] = [waiting('a'), waiting('big'), waiting('c')];
  lane.push([good.message, big.message, other.message]);
  await clock.advance(LINGER_MS);
  await lane.idle();
  expect(requests.flat()).toEqual(['a', 'c']);
  expect(big.state.failure).toMatchObject({
    code: 'recordTooLarge',
    retry: 'never',
    message: expect.stringContaining('big'),
  });
  expect([good.state.stored, other.state.stored]).toEqual([1, 1]);
});

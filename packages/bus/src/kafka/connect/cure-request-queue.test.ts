import { createRequire } from 'node:module';
import { expect, it, onTestFinished, vi } from 'vitest';
import { cureRequestQueue, type CuredQueue } from './cure-request-queue.ts';

cureRequestQueue();
const RequestQueue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as { prototype: CuredQueue };

function aQueue(over: Partial<CuredQueue>) {
  vi.useFakeTimers({ now: 1000 });
  onTestFinished(() => void vi.useRealTimers());
  const looked: number[] = [];
  const checkPendingRequests = () => void looked.push(Date.now());
  const queue = { pending: [], throttledUntil: -1, throttleCheckTimeoutId: null, checkPendingRequests, ...over };
  const schedule = () => RequestQueue.prototype.scheduleCheckPendingRequests.call(queue as unknown as CuredQueue);
  return { schedule, looked };
}

it('arms no timer while nothing waits', () => {
  const { schedule } = aQueue({});
  schedule();
  expect(vi.getTimerCount()).toBe(0);
});

it('looks again soon while requests wait, once', () => {
  const { schedule, looked } = aQueue({ pending: ['a request'] });
  schedule();
  schedule();
  vi.advanceTimersByTime(100);
  expect(looked).toEqual([1010]);
});

it('waits until a broker wants to hear again', () => {
  const { schedule, looked } = aQueue({ pending: ['a request'], throttledUntil: 1500 });
  schedule();
  vi.advanceTimersByTime(1000);
  expect(looked).toEqual([1500]);
});

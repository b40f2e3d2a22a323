import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { systemClock, untilAborted } from './clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Whether the promise has settled once everything due has run. */
async function isOver(promise: Promise<void>): Promise<boolean> {
  let over = false;
  void promise.then(() => (over = true));
  await vi.advanceTimersByTimeAsync(0);
  return over;
}

it('tells the time of the machine', () => {
  vi.setSystemTime(1234);
  expect(systemClock().now()).toBe(1234);
});

it('sleeps as long as told', async () => {
  const sleeping = systemClock().sleep(100);
  await vi.advanceTimersByTimeAsync(99);
  expect(await isOver(sleeping)).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await isOver(sleeping)).toBe(true);
});

it('wakes at once when the signal aborts, and leaves neither timer nor listener behind', async () => {
  const stopping = new AbortController();
  const sleeping = systemClock().sleep(100, stopping.signal);
  stopping.abort();
  expect(await isOver(sleeping)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
  expect(getEventListeners(stopping.signal, 'abort')).toEqual([]);
});

it('does not sleep for no time, nor after the abort', async () => {
  expect(await isOver(systemClock().sleep(0))).toBe(true);
  expect(await isOver(systemClock().sleep(100, AbortSignal.abort()))).toBe(true);
});

it('does not wake early from a sleep longer than a timer can be', async () => {
  const sleeping = systemClock().sleep(2 ** 40);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(await isOver(sleeping)).toBe(false);
});

it('waits for an abort, also for one that has been', async () => {
  const stopping = new AbortController();
  const waiting = untilAborted(stopping.signal);
  expect(await isOver(waiting)).toBe(false);
  stopping.abort();
  expect(await isOver(waiting)).toBe(true);
  expect(await isOver(untilAborted(stopping.signal))).toBe(true);
});

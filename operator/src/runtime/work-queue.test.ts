import { manualClock } from '@chatwarden/testkit';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { createWorkQueue, type WorkQueueOptions } from './work-queue.ts';

function aQueue(options: Partial<WorkQueueOptions> = {}) {
  const clock = manualClock();
  const queue = createWorkQueue({ name: 'groups', clock, ...options });
  const stop = new AbortController();
  const take = () => queue.take(stop.signal);
  return { clock, queue, stop, take };
}

describe('a work queue', () => {
  it('has a key once, however often it is added, in the order of first adding', async () => {
    const { queue, take } = aQueue();
    for (const key of ['a', 'b', 'a', 'a']) queue.add(key);
    expect(queue.depth()).toBe(2);
    expect([await take(), await take()]).toEqual(['a', 'b']);
    expect(queue.depth()).toBe(0);
  });

  it('gives a key to nobody else while it is worked on, and again when it was added meanwhile', async () => {
    const { queue, take } = aQueue();
    queue.add('a');
    await take();
    queue.add('a');
    queue.add('a');
    expect(queue.depth()).toBe(0);
    queue.add('b');
    expect(await take()).toBe('b');
    queue.done('a');
    expect(queue.depth()).toBe(1);
    expect(await take()).toBe('a');
    queue.done('a');
    queue.done('a');
    expect(queue.depth()).toBe(0);
  });

  it('puts what people changed before what is only looked at again', async () => {
    const { queue, take } = aQueue();
    for (const key of ['a', 'b', 'c']) queue.add(key, 'resync');
    queue.add('d');
    queue.add('c');
    queue.add('d', 'resync');
    expect([await take(), await take(), await take(), await take()]).toEqual(['d', 'c', 'a', 'b']);
    queue.add('a', 'resync');
    queue.add('a', 'edit');
    queue.add('a', 'resync');
    queue.add('x', 'resync');
    queue.done('a');
    expect([await take(), await take()]).toEqual(['a', 'x']);
  });

  it('wakes who waits, in the order of waiting', async () => {
    const { queue, take } = aQueue();
    const taken = Promise.all([take(), take()]);
    queue.add('a');
    queue.add('b');
    expect(await taken).toEqual(['a', 'b']);
  });

  it('lets who waits go when it is over', async () => {
    const { queue, take, stop } = aQueue();
    const taking = take();
    stop.abort();
    expect(await taking).toBeUndefined();
    queue.add('a');
    expect(await take()).toBeUndefined();
  });

  it('adds later what is due later, the soonest time of several', async () => {
    const { queue, clock } = aQueue();
    queue.addAfter('a', 5000);
    queue.addAfter('b', 1000);
    queue.addAfter('a', 3000);
    queue.addAfter('a', 9000);
    queue.addAfter('c', 0);
    expect(queue.depth()).toBe(1);
    await clock.advance(1000);
    expect(queue.depth()).toBe(2);
    await clock.advance(2000);
    expect(queue.depth()).toBe(3);
    await clock.advance(10_000);
    expect(queue.depth()).toBe(3);
    expect(clock.sleeping()).toBe(0);
  });

  it('keeps the higher priority of what is due later', async () => {
    const { queue, clock, take } = aQueue();
    queue.addAfter('a', 1000, 'resync');
    queue.addAfter('b', 1000, 'resync');
    queue.addAfter('b', 2000, 'edit');
    queue.addAfter('c', 2000, 'edit');
    queue.addAfter('c', 1500, 'resync');
    await clock.advance(1500);
    expect([await take(), await take(), await take()]).toEqual(['b', 'c', 'a']);
  });

  it('has many keys due at times of their own', async () => {
    const { queue, clock } = aQueue();
    const times = Array.from({ length: 200 }, (_, index) => ((index * 7919) % 200) + 1);
    for (const ms of times) queue.addAfter(`key ${ms}`, ms);
    for (let ms = 1; ms <= 200; ms += 1) {
      await clock.advance(1);
      expect(queue.depth()).toBe(ms);
    }
  });

  it('adds nothing any more when it is closed', async () => {
    const { queue, clock } = aQueue();
    queue.addAfter('a', 1000);
    queue.close();
    queue.addAfter('b', 1000);
    await clock.advance(5000);
    expect(queue.depth()).toBe(0);
    expect(clock.sleeping()).toBe(0);
  });

  it('waits twice as long after each failure of a key, at most 5 min, until it succeeds', () => {
    const { queue } = aQueue();
    const waits = Array.from({ length: 18 }, () => queue.addRetry('a'));
    expect(waits.slice(0, 4)).toEqual([5, 10, 20, 40]);
    expect(waits.slice(-2)).toEqual([300_000, 300_000]);
    expect(queue.addRetry('b')).toBe(5);
    queue.forget('a');
    expect(queue.addRetry('a')).toBe(5);
  });

  it('spreads the retries of all keys', () => {
    const { queue } = aQueue({ retry: { qps: 10, burst: 3 } });
    const waits = ['a', 'b', 'c', 'd', 'e'].map((key) => queue.addRetry(key));
    expect(waits).toEqual([5, 5, 5, 100, 200]);
  });

  it('knows since when keys wait and are worked on', async () => {
    const { queue, clock, take } = aQueue();
    expect(queue.oldestQueuedAt()).toBeUndefined();
    const start = clock.now();
    queue.add('a', 'resync');
    await clock.advance(10);
    queue.add('b');
    queue.add('a');
    expect(queue.oldestQueuedAt()).toBe(start);
    await take();
    await take();
    await clock.advance(5);
    expect(queue.oldestQueuedAt()).toBeUndefined();
    expect(queue.oldestStartedAt()).toBe(start + 10);
  });

  it('is measured by the names of controller-runtime', async () => {
    const registry = new Registry();
    const { queue, clock, take } = aQueue({ registry });
    createWorkQueue({ name: 'others', clock, registry }).add('x');
    queue.add('a');
    queue.add('b', 'resync');
    await clock.advance(2000);
    await take();
    await clock.advance(3000);
    const labels = 'name="groups",controller="groups"';
    const text = await registry.metrics();
    expect(text).toContain(`workqueue_depth{${labels},priority="edit"} 0`);
    expect(text).toContain(`workqueue_depth{${labels},priority="resync"} 1`);
    expect(text).toContain('workqueue_depth{name="others",controller="others",priority="edit"} 1');
    expect(text).toContain(`workqueue_adds_total{${labels}} 2`);
    expect(text).toContain(`workqueue_unfinished_work_seconds{${labels}} 3`);
    expect(text).toContain(`workqueue_longest_running_processor_seconds{${labels}} 3`);
    expect(text).toContain(`workqueue_queue_duration_seconds_sum{${labels}} 2`);
    queue.done('a');
    queue.addRetry('a');
    const later = await registry.metrics();
    expect(later).toContain(`workqueue_work_duration_seconds_sum{${labels}} 3`);
    expect(later).toContain(`workqueue_retries_total{${labels}} 1`);
    expect(later).toContain(`workqueue_longest_running_processor_seconds{${labels}} 0`);
  });
});

import { Failure } from '@chatwarden/contracts';
import { manualClock, type ManualClock } from '@chatwarden/testkit';
import { Registry } from 'prom-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createController, type ControllerOptions, type Reconcile } from './controller.ts';

/** What waits for nothing but promises runs to its end. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

interface Options extends Partial<ControllerOptions> {
  clock?: ManualClock;
}

async function aController(reconcile: Reconcile, options: Options = {}) {
  const clock = options.clock ?? manualClock();
  const lines: string[] = [];
  const keep = (_fields: object, message: string) => void lines.push(message);
  const log = { info: keep, warn: keep, error: keep };
  const registry = new Registry();
  const controller = createController({ name: 'groups', reconcile, clock, log, registry, ...options });
  const stop = new AbortController();
  const running = controller.run(stop.signal);
  onTestFinished(async () => {
    stop.abort();
    await running;
  });
  await settle();
  const metric = async (line: string) => (await registry.metrics()).split('\n').includes(`controller_runtime_${line}`);
  return { controller, clock, lines, stop, running, metric };
}

/** Reconciles that end when the test says so. */
function gates() {
  const begun: string[] = [];
  const open = new Map<string, () => void>();
  const reconcile: Reconcile = (key) => {
    begun.push(key);
    return new Promise((resolve) => open.set(key, resolve));
  };
  return { begun, reconcile, open: (key: string) => open.get(key)?.() };
}

describe('a controller', () => {
  it('reconciles each key that is enqueued, several at once and one by one', async () => {
    const { begun, reconcile, open } = gates();
    const { controller } = await aController(reconcile, { concurrency: 2 });
    for (const key of ['a', 'b', 'c', 'a']) controller.enqueue(key);
    await settle();
    expect(begun).toEqual(['a', 'b']);
    controller.enqueue('a');
    open('b');
    await settle();
    expect(begun).toEqual(['a', 'b', 'c']);
    open('c');
    await settle();
    expect(begun).toHaveLength(3);
    expect(controller.isIdle()).toBe(false);
    open('a');
    await settle();
    expect(begun).toEqual(['a', 'b', 'c', 'a']);
    open('a');
    await settle();
    expect(controller.isIdle()).toBe(true);
  });

  it('looks again when a reconcile asks for it', async () => {
    const seen: string[] = [];
    const reconcile: Reconcile = async (key) => {
      seen.push(key);
      return { requeueAfterMs: 30_000 };
    };
    const { controller, clock, metric } = await aController(reconcile);
    controller.enqueueAfter('a', 1000);
    await clock.advance(1000);
    await clock.advance(30_000);
    expect(seen).toEqual(['a', 'a']);
    expect(await metric('reconcile_total{controller="groups",result="requeue_after"} 2')).toBe(true);
  });

  it('tries again what failed, later each time, and keeps it from the others', async () => {
    const seen: string[] = [];
    const reconcile: Reconcile = async (key) => {
      seen.push(key);
      if (key === 'bad') throw new Failure('away', 'later', { message: 'no topic' });
    };
    const { controller, clock, lines, metric } = await aController(reconcile, { concurrency: 1 });
    controller.enqueue('bad');
    controller.enqueue('good');
    await settle();
    expect(seen).toEqual(['bad', 'good']);
    await clock.advance(5);
    await clock.advance(9);
    expect(seen).toHaveLength(3);
    await clock.advance(1);
    expect(seen).toEqual(['bad', 'good', 'bad', 'bad']);
    expect(lines[0]).toBe('reconciling bad again: no topic');
    expect(await metric('reconcile_errors_total{controller="groups"} 3')).toBe(true);
    expect(await metric('reconcile_total{controller="groups",result="success"} 1')).toBe(true);
    expect(await metric('reconcile_panics_total{controller="groups"} 0')).toBe(true);
  });

  it('leaves alone what cannot be helped, until it is changed', async () => {
    let tries = 0;
    const reconcile: Reconcile = async () => {
      tries += 1;
      throw new Failure('invalid', 'never', { message: 'partitions shrink' });
    };
    const { controller, clock, lines, metric } = await aController(reconcile);
    controller.enqueue('a');
    await clock.advance(600_000);
    expect(tries).toBe(1);
    expect(lines).toEqual(['cannot reconcile a until it is changed: partitions shrink']);
    controller.enqueue('a');
    await settle();
    expect(tries).toBe(2);
    expect(await metric('terminal_reconcile_errors_total{controller="groups"} 2')).toBe(true);
  });

  it('survives what nobody foresaw, thrown at once or later', async () => {
    const reconcile: Reconcile = (key) => {
      if (key === 'at once') throw new TypeError('undefined is not a function');
      return Promise.reject(new RangeError('odd'));
    };
    const { controller, metric } = await aController(reconcile);
    controller.enqueue('at once');
    controller.enqueue('later');
    await settle();
    expect(await metric('reconcile_panics_total{controller="groups"} 2')).toBe(true);
    expect(await metric('active_workers{controller="groups"} 0')).toBe(true);
  });

  it('ends a reconcile whose time is over', async () => {
    const reconcile: Reconcile = (_key, signal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const { controller, clock, lines, metric } = await aController(reconcile, { timeoutMs: 1000 });
    controller.enqueue('a');
    await settle();
    await clock.advance(1000);
    expect(lines).toEqual(['reconciling a again: reconciling a took longer than 1000 ms']);
    expect(await metric('reconcile_timeouts_total{controller="groups"} 1')).toBe(true);
  });

  it('waits for the cache to show what was written', async () => {
    const seen: string[] = [];
    let isFresh = false;
    const { controller, clock, metric } = await aController(async (key) => void seen.push(key), {
      isFresh: () => isFresh,
    });
    controller.enqueue('a');
    await clock.advance(100);
    expect(seen).toEqual([]);
    isFresh = true;
    await clock.advance(100);
    expect(seen).toEqual(['a']);
    expect(await metric('reconcile_total{controller="groups",result="success"} 1')).toBe(true);
  });

  it('looks at every key again each 10 min, at a moment of its own, after what people changed', async () => {
    const seen: string[] = [];
    const keys = Array.from({ length: 100 }, (_, index) => `group-${index}`);
    const { clock } = await aController(async (key) => void seen.push(key), { resync: { keys: () => keys } });
    await clock.advance(600_000);
    const perMinute: number[] = [];
    for (let minute = 0; minute < 10; minute += 1) {
      const before = seen.length;
      await clock.advance(60_000);
      await settle();
      perMinute.push(seen.length - before);
    }
    expect(new Set(seen).size).toBe(100);
    expect(Math.max(...perMinute)).toBeLessThan(25);
    await clock.advance(600_000);
    await settle();
    expect(new Set(seen.slice(100)).size).toBe(100);
  });

  it('stops its reconciles, waits for them, and tells no errors of those', async () => {
    const reconcile: Reconcile = (_key, signal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('interrupted'))));
    const { controller, stop, running, lines, clock } = await aController(reconcile);
    controller.enqueue('a');
    await settle();
    stop.abort();
    await running;
    expect(lines).toEqual([]);
    expect(clock.sleeping()).toBe(0);
  });

  it('runs once at a time', async () => {
    const { controller } = await aController(async () => {});
    await expect(controller.run(new AbortController().signal)).rejects.toThrow('runs already');
  });
});

describe('a controller’s health', () => {
  it('is good while it waits for work, and before it runs', async () => {
    const { controller, clock, stop, running } = await aController(async () => {});
    await clock.advance(3_600_000);
    expect(controller.alive()).toEqual({ name: 'groups', ok: true });
    stop.abort();
    await running;
    controller.enqueue('a');
    await clock.advance(3_600_000);
    expect(controller.alive().ok).toBe(true);
  });

  it('is bad when a reconcile does not even end beyond its time', async () => {
    const { controller, clock } = await hanging();
    controller.enqueue('a');
    await settle();
    await clock.advance(60_000);
    await clock.advance(300_000);
    expect(controller.alive().ok).toBe(true);
    await clock.advance(1000);
    expect(controller.alive()).toEqual({
      name: 'groups',
      ok: false,
      reason: 'a reconcile does not end: it began 361 s ago',
    });
  });

  it('is bad when a key is not begun for long, whatever others do', async () => {
    const { controller, clock } = await hanging({ timeoutMs: 3_600_000 });
    controller.enqueue('a');
    await settle();
    controller.enqueue('b');
    await clock.advance(300_001);
    expect(controller.alive().reason).toBe('none of 1 keys is begun: the first has waited for 300 s');
  });

  async function hanging(options: Options = {}) {
    const clock = manualClock();
    const released = Promise.withResolvers<void>();
    const made = await aController(() => released.promise, {
      concurrency: 1,
      timeoutMs: 60_000,
      clock,
      ...options,
    });
    onTestFinished(() => released.resolve());
    return made;
  }
});

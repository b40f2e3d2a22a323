import { Failure, type RetryClass } from '@chatwarden/contracts';
import { manualClock } from '@chatwarden/testkit';
import { expect, it } from 'vitest';
import { runLoop, type LoopFailure } from './run-loop.ts';

const failure = (retry: RetryClass) => new Failure('away', retry, { message: retry });

/** Runs the steps one after the other, and then stops. */
function looping(steps: readonly (number | Error)[]) {
  const clock = manualClock();
  const stopping = new AbortController();
  const failures: LoopFailure[] = [];
  const at: number[] = [];
  const start = clock.now();
  const left = [...steps];
  const step = async (): Promise<number> => {
    at.push(clock.now() - start);
    const next = left.shift();
    if (next === undefined) stopping.abort();
    if (next instanceof Error) throw next;
    return next ?? 0;
  };
  const onError = (seen: LoopFailure) => void failures.push(seen);
  const running = runLoop({ name: 'poll', clock, signal: stopping.signal, step, onError });
  return { clock, stopping, failures, at, running };
}

it('takes one step after the other and sleeps as long as a step says', async () => {
  const { clock, at, running } = looping([0, 100, 0]);
  await clock.advance(0);
  expect(at).toEqual([0, 0]);
  await clock.advance(100);
  await running;
  expect(at).toEqual([0, 0, 100, 100]);
});

it('waits longer after each failure, by its retry class, and anew after a success', async () => {
  const { clock, failures, running } = looping([failure('now'), new Error('x'), failure('later'), 0, failure('later')]);
  for (let second = 0; second < 10; second += 1) await clock.advance(1000);
  await running;
  expect(failures.map(({ failures: count, waitMs }) => [count, waitMs])).toEqual([
    [1, 100],
    [2, 200],
    [3, 2000],
    [1, 500],
  ]);
  expect(failures[0]).toMatchObject({ name: 'poll', error: { message: 'now' } });
});

it('does not wait for ever longer', async () => {
  const { clock, failures, running } = looping(Array.from({ length: 12 }, () => failure('later')));
  for (let half = 0; half < 20; half += 1) await clock.advance(30_000);
  await running;
  expect(failures.at(-1)?.waitMs).toBe(30_000);
});

it('ends with a failure that trying again cannot mend', async () => {
  const { failures, running } = looping([failure('never')]);
  await expect(running).rejects.toMatchObject({ retry: 'never' });
  expect(failures).toEqual([]);
});

it('ends quietly when it is stopped, in its sleep or in a step that fails for it', async () => {
  const asleep = looping([1000]);
  await asleep.clock.advance(0);
  asleep.stopping.abort();
  await asleep.running;
  expect(asleep.at).toEqual([0]);

  const stopping = new AbortController();
  const errors: unknown[] = [];
  const step = async () => {
    stopping.abort();
    throw failure('never');
  };
  const onError = (seen: LoopFailure) => void errors.push(seen);
  await runLoop({ name: 'poll', clock: manualClock(), signal: stopping.signal, step, onError });
  expect(errors).toEqual([]);
});

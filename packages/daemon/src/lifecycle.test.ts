import { manualClock } from '@chatwarden/testkit';
import { expect, it } from 'vitest';
import { createLifecycle, type Stop } from './lifecycle.ts';

const DEADLINE_MS = 1000;

function made() {
  const clock = manualClock();
  const said: string[] = [];
  const log = {
    info: (message: string) => void said.push(message),
    error: (_fields: object, message: string) => void said.push(message),
  };
  const lifecycle = createLifecycle({ log, deadlineMs: DEADLINE_MS, clock });
  const stopped: string[] = [];
  const add = (name: string, stop: Stop = () => {}) =>
    lifecycle.onStop(name, (signal) => {
      stopped.push(name);
      return stop(signal);
    });
  return { lifecycle, clock, said, stopped, add };
}

const never: Stop = () => new Promise(() => {});

it('stops last what was made first, one after the other', async () => {
  const { lifecycle, stopped, add, said } = made();
  const gate = Promise.withResolvers<void>();
  add('database');
  add('bus', () => gate.promise);
  const stopping = lifecycle.stop('SIGTERM');
  expect(stopped).toEqual(['bus']);
  gate.resolve();
  expect(await stopping).toEqual([]);
  expect(stopped).toEqual(['bus', 'database']);
  expect(said).toEqual(['stopping: SIGTERM']);
});

it('stops once, however often it is asked to', async () => {
  const { lifecycle, stopped, add, said } = made();
  add('database');
  const [first, second] = [lifecycle.stop('SIGTERM'), lifecycle.stop('SIGINT')];
  expect(second).toBe(first);
  await first;
  expect(stopped).toEqual(['database']);
  expect(said).toEqual(['stopping: SIGTERM']);
});

it('goes on after what fails to stop, and names it', async () => {
  const { lifecycle, stopped, add, said } = made();
  add('database');
  add('bus', () => Promise.reject(new Error('stuck')));
  add('server', () => {
    throw new Error('not open');
  });
  expect(await lifecycle.stop('SIGTERM')).toEqual(['server', 'bus']);
  expect(stopped).toEqual(['server', 'bus', 'database']);
  expect(said.slice(1)).toEqual(['server did not stop cleanly: not open', 'bus did not stop cleanly: stuck']);
});

it('gives each its share of what is left of the deadline, and leaves behind what needs longer', async () => {
  const { lifecycle, clock, stopped, add, said } = made();
  const told: boolean[] = [];
  const hanging: Stop = (signal) => {
    signal.addEventListener('abort', () => told.push(true));
    return never(signal);
  };
  for (const name of ['database', 'bus']) add(name, hanging);
  const stopping = lifecycle.stop('SIGTERM');
  await clock.advance(499);
  expect(stopped).toEqual(['bus']);
  await clock.advance(1);
  expect([stopped, told]).toEqual([['bus', 'database'], [true]]);
  await clock.advance(500);
  expect(await stopping).toEqual(['bus', 'database']);
  expect(said.slice(1)).toEqual([
    'bus did not stop within 500 ms; going on without it',
    'database did not stop within 500 ms; going on without it',
  ]);
});

it('leaves no sleep behind when all stop in time', async () => {
  const { lifecycle, clock, add } = made();
  add('database');
  await lifecycle.stop('SIGTERM');
  expect(clock.sleeping()).toBe(0);
});

it('stops at once what is made when stopping has begun', async () => {
  const { lifecycle, stopped, add } = made();
  await lifecycle.stop('SIGTERM');
  add('late');
  expect(stopped).toEqual(['late']);
});

it('keeps the time of the machine when no clock is given', async () => {
  const lifecycle = createLifecycle({ log: { info: () => {}, error: () => {} }, deadlineMs: DEADLINE_MS });
  lifecycle.onStop('database', () => {});
  expect(await lifecycle.stop('SIGTERM')).toEqual([]);
});

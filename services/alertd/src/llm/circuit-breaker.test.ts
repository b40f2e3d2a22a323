import { manualClock } from '@chatwarden/testkit';
import { expect, it } from 'vitest';
import { createBreaker } from './circuit-breaker.ts';

const ROOM = 16;

function aBreaker() {
  const clock = manualClock();
  const breaker = createBreaker(clock, ROOM);
  const fail = (times: number) => {
    for (let time = 0; time < times; time += 1) breaker.failed();
  };
  const pass = (ms: number) => clock.set(clock.now() + ms);
  return { breaker, fail, pass };
}

it('lets everything pass until five calls have failed in a row', () => {
  const { breaker, fail } = aBreaker();
  fail(4);
  breaker.succeeded();
  fail(4);
  expect([breaker.state(), breaker.room()]).toEqual(['closed', ROOM]);
  fail(1);
  expect([breaker.state(), breaker.room()]).toEqual(['open', 0]);
});

it('then tries one at a time, and closes with the first that succeeds', () => {
  const { breaker, fail, pass } = aBreaker();
  fail(5);
  pass(30_000);
  expect([breaker.state(), breaker.room()]).toEqual(['half-open', 1]);
  breaker.succeeded();
  expect([breaker.state(), breaker.room()]).toEqual(['closed', ROOM]);
});

it('waits twice as long after each try that fails, up to ten minutes', () => {
  const { breaker, fail, pass } = aBreaker();
  fail(5);
  for (const waitMs of [30_000, 60_000, 120_000, 240_000, 480_000, 600_000, 600_000]) {
    pass(waitMs - 1);
    expect(breaker.state()).toBe('open');
    pass(1);
    expect(breaker.state()).toBe('half-open');
    fail(1);
  }
});

it('does not wait longer for calls that were under way when it opened', () => {
  const { breaker, fail, pass } = aBreaker();
  fail(9);
  pass(30_000);
  expect(breaker.state()).toBe('half-open');
});

it('opens at once for as long as it is told, and never for less than it is', () => {
  const { breaker, pass } = aBreaker();
  breaker.open(5000);
  breaker.open(1000);
  pass(4999);
  expect(breaker.room()).toBe(0);
  pass(1);
  expect(breaker.room()).toBe(1);
});

import { describe, expect, it } from 'vitest';
import { createRequestLimit, type RequestLimit } from './request-limit.ts';

const MIB = 1024 * 1024;

/** Full rounds of requests against a server that works on `cores` at the same time, each in `ms` when it is alone. */
function load(limit: RequestLimit, rounds: number, { ms = 100, cores = 2 } = {}): void {
  for (let round = 0; round < rounds; round++) {
    const together = limit.current();
    const tickets = Array.from({ length: together }, (_, others) => limit.ticket(others));
    for (const ticket of tickets) limit.answered(ticket, { ms: (ms * Math.max(together, cores)) / cores, bytes: MIB });
  }
}

describe('the limit of requests at the same time', () => {
  it('grows to what it may while answers stay fast', () => {
    const limit = createRequestLimit(8);
    load(limit, 100, { cores: 100 });
    expect(limit.current()).toBe(8);
    load(limit, 100, { cores: 100 });
    expect(limit.current()).toBe(8);
  });

  it('stays near what the server works on at the same time, however long the load goes on', () => {
    const limit = createRequestLimit(64);
    for (let i = 0; i < 50; i++) {
      load(limit, 20);
      expect(limit.current()).toBeLessThanOrEqual(6);
    }
  });

  it('takes a server that has become slower for good as it is, after a while', () => {
    const limit = createRequestLimit(8);
    load(limit, 50, { cores: 100 });
    load(limit, 50, { ms: 1000, cores: 100 });
    expect(limit.current()).toBeLessThan(8);
    load(limit, 400, { ms: 1000, cores: 100 });
    expect(limit.current()).toBe(8);
  });

  it('halves once for all requests that were under way together when one of them was refused, down to one', () => {
    const limit = createRequestLimit(8);
    load(limit, 100, { cores: 100 });
    const tickets = [0, 1, 2, 3].map((others) => limit.ticket(others));
    for (const ticket of tickets) limit.refused(ticket);
    expect(limit.current()).toBe(4);
    for (let i = 0; i < 10; i++) limit.refused(limit.ticket(0));
    expect(limit.current()).toBe(1);
  });

  it('learns nothing about one more request from requests that left places free', () => {
    const limit = createRequestLimit(8);
    for (let i = 0; i < 100; i++) limit.answered(limit.ticket(0), { ms: 10, bytes: 1000 });
    expect(limit.current()).toBe(2);
    expect(createRequestLimit(1).current()).toBe(1);
  });
});

import type { Lease } from '@chatwarden/contracts';
import { manualClock } from '@chatwarden/testkit';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import type { Health } from './health.ts';
import { lead, type LeadOptions } from './lead.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A lease that is had at once, and lost when the test says so. */
function aLease() {
  const lost = new AbortController();
  const lease: Lease = {
    async hold(_name, run, signal) {
      const either = AbortSignal.any([lost.signal, signal]);
      await run(7, either);
    },
  };
  return { lease, lose: () => lost.abort() };
}

function aLeader(run: LeadOptions['run'], options: Partial<LeadOptions> = {}) {
  const clock = manualClock();
  const { lease, lose } = aLease();
  const lines: string[] = [];
  const keep = (_fields: object, message: string) => void lines.push(message);
  const registry = new Registry();
  const stop = new AbortController();
  const log = { info: keep, warn: keep, error: keep };
  const leading = lead({ lease, name: 'operator', run, clock, log, registry, ...options }, stop.signal);
  leading.catch(() => {});
  const status = async () =>
    /leader_election_master_status\{name="operator"\} (\d)/.exec(await registry.metrics())?.[1];
  return { clock, lose, lines, stop, leading, status };
}

const untilAborted: LeadOptions['run'] = (_epoch, signal) =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve()));

describe('a leader', () => {
  it('works while it holds the lease, and says so', async () => {
    const epochs: number[] = [];
    const { leading, stop, status, lines } = aLeader((epoch, signal) => {
      epochs.push(epoch);
      return untilAborted(epoch, signal);
    });
    await settle();
    expect(epochs).toEqual([7]);
    expect(await status()).toBe('1');
    stop.abort();
    await leading;
    expect(await status()).toBe('0');
    expect(lines).toEqual(['leading']);
  });

  it('that has lost the lease ends its work and then its process', async () => {
    let ended = false;
    const { leading, lose, lines, status } = aLeader(async (epoch, signal) => {
      await untilAborted(epoch, signal);
      ended = true;
    });
    await settle();
    lose();
    await expect(leading).rejects.toMatchObject({ code: 'leaseLost', retry: 'never' });
    expect(ended).toBe(true);
    expect(await status()).toBe('0');
    expect(lines).toEqual(['leading', 'the lease operator is lost: this process must end']);
  });

  it('does not wait for work that does not end', async () => {
    const { leading, lose, clock } = aLeader(() => new Promise(() => {}), { graceMs: 5000 });
    await settle();
    lose();
    await clock.advance(4999);
    let settled = false;
    leading.catch(() => (settled = true));
    await settle();
    expect(settled).toBe(false);
    await clock.advance(1);
    await expect(leading).rejects.toMatchObject({ code: 'leaseLost' });
  });

  it('that does no work gives way', async () => {
    const health: Health = { name: 'groups', ok: true };
    const { leading, clock } = aLeader(untilAborted, { alive: () => health });
    await settle();
    await clock.advance(10_000);
    Object.assign(health, { ok: false, reason: 'nothing moves' });
    await clock.advance(10_000);
    await expect(leading).rejects.toThrow('leads, but does no work: nothing moves');
  });

  it('tells a failure of its work, and ends with work that is done', async () => {
    const failing = aLeader(() => Promise.reject(new Error('no work')));
    await expect(failing.leading).rejects.toThrow('no work');
    const done = aLeader(async () => {});
    await done.leading;
    expect(await done.status()).toBe('0');
  });

  it('that is not wanted any more is nobody’s concern', async () => {
    const stop = AbortSignal.abort();
    const lease: Lease = { hold: async () => {} };
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    await lead({ lease, name: 'operator', run: untilAborted, clock: manualClock(), log }, stop);
    expect(stop.aborted).toBe(true);
  });
});

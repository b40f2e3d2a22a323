import { manualClock } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { closeGently } from './close-gently.ts';

/** A server whose close waits until its connections are gone. */
function aServer({ busy }: { busy: boolean }) {
  const { promise: gone, resolve: end } = Promise.withResolvers<void>();
  let cut = 0;
  const closeAllConnections = () => {
    cut += 1;
    end();
  };
  if (!busy) end();
  return { app: { server: { closeAllConnections }, close: () => gone }, cuts: () => cut, end };
}

describe('closing a server gently', () => {
  it('cuts nothing when all is quiet', async () => {
    const { app, cuts } = aServer({ busy: false });
    await closeGently(app, manualClock());
    expect(cuts()).toBe(0);
  });

  it('lets requests finish', async () => {
    const { app, cuts, end } = aServer({ busy: true });
    const clock = manualClock();
    const closing = closeGently(app, clock, 1000);
    await clock.advance(999);
    end();
    await closing;
    expect(cuts()).toBe(0);
  });

  it('waits no longer than its grace', async () => {
    const { app, cuts } = aServer({ busy: true });
    const clock = manualClock();
    const closing = closeGently(app, clock, 1000);
    await clock.advance(1000);
    await closing;
    expect(cuts()).toBe(1);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { manualClock } from '../clock.ts';
import { createBot } from '../world/chats.ts';
import { createRecord } from '../world/record.ts';
import { createWorld } from '../world/world.ts';
import { createPolls } from './polls.ts';

const aBot = () => {
  const world = createWorld({ clock: manualClock(0), record: createRecord(10), messagesMax: 10 });
  return createBot(world, { token: '1:x' });
};
const staysConnected = () => {};

describe('a long poll', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('ends when its time is over', async () => {
    const ended = createPolls().wait(aBot(), { timeoutMs: 30_000, onDisconnect: staysConnected });
    vi.advanceTimersByTime(30_000);
    expect(await ended).toBe('timeout');
  });

  it('ends when the caller goes away, without touching a later one', async () => {
    const [polls, bot] = [createPolls(), aBot()];
    let disconnect = staysConnected;
    const onDisconnect = (listener: () => void) => {
      disconnect = listener;
    };
    const first = polls.wait(bot, { timeoutMs: 30_000, onDisconnect });
    const gone = disconnect;
    gone();
    expect(await first).toBe('closed');
    const second = polls.wait(bot, { timeoutMs: 30_000, onDisconnect: staysConnected });
    gone();
    vi.advanceTimersByTime(30_000);
    expect(await second).toBe('timeout');
  });

  it('ends when the server stops', async () => {
    const polls = createPolls();
    const ended = polls.wait(aBot(), { timeoutMs: 30_000, onDisconnect: staysConnected });
    polls.endAll();
    expect(await ended).toBe('closed');
  });
});

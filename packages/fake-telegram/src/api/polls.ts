/** Long polls under way: at most one per bot. A newer one ends it with 409, as does a webhook being set. */
import type { Bot } from '../world/world.ts';

export type PollEnd = 'updates' | 'timeout' | 'closed' | 'otherPoll' | 'webhook';

export interface Polls {
  /** Resolves when updates have come, time is over, or something ended the poll. */
  wait(bot: Bot, options: WaitOptions): Promise<PollEnd>;
  end(bot: Bot, reason: PollEnd): void;
  endAll(): void;
}

export interface WaitOptions {
  timeoutMs: number;
  onDisconnect(listener: () => void): void;
}

export function createPolls(): Polls {
  const waiting = new Map<Bot, (reason: PollEnd) => void>();
  const end = (bot: Bot, reason: PollEnd) => waiting.get(bot)?.(reason);
  return {
    wait: (bot, { timeoutMs, onDisconnect }) =>
      new Promise((resolve) => {
        const finish = (reason: PollEnd) => {
          clearTimeout(timer);
          waiting.delete(bot);
          bot.queue.onNextPush(undefined);
          resolve(reason);
        };
        const timer = setTimeout(() => finish('timeout'), timeoutMs);
        waiting.set(bot, finish);
        const finishOwn = (reason: PollEnd) => waiting.get(bot) === finish && finish(reason);
        onDisconnect(() => finishOwn('closed'));
        // Answering after the current turn gathers everything that one burst pushes.
        bot.queue.onNextPush(() => setImmediate(() => finishOwn('updates')));
      }),
    end,
    endAll() {
      for (const bot of waiting.keys()) end(bot, 'closed');
    },
  };
}

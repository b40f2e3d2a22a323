/**
 * How fast a bot may send, on the world's clock: one message a second per chat with a short burst on top, and 20 a
 * minute in groups and channels (core.telegram.org/bots/faq, "My bot is hitting limits"). The size of the burst is not
 * documented; Telegram answers 429 with the seconds to wait.
 */
const INTERVAL_MS = 1000;
const BURST = 3;
const MINUTE_MS = 60_000;
const PER_MINUTE = 20;

export interface SendLimit {
  /** 0 when the message may go now, and is then counted; else the whole seconds to wait. */
  take(chat: { key: string; isGroup: boolean }, nowMs: number): number;
}

interface Lane {
  /** When the chat's allowance is full again; a burst runs ahead of now. */
  freeAtMs: number;
  /** Times of the last sends, oldest first, at most PER_MINUTE. */
  sentAtMs: number[];
}

export function createSendLimit(): SendLimit {
  const lanes = new Map<string, Lane>();
  return {
    take({ key, isGroup }, nowMs) {
      const lane = lanes.get(key) ?? { freeAtMs: 0, sentAtMs: [] };
      lanes.set(key, lane);
      const burstWaitMs = lane.freeAtMs - (BURST - 1) * INTERVAL_MS - nowMs;
      const oldestMs = lane.sentAtMs.length < PER_MINUTE ? -Infinity : (lane.sentAtMs[0] ?? -Infinity);
      const minuteWaitMs = isGroup ? oldestMs + MINUTE_MS - nowMs : 0;
      const waitMs = Math.max(burstWaitMs, minuteWaitMs);
      if (waitMs > 0) return Math.ceil(waitMs / 1000);
      lane.freeAtMs = Math.max(lane.freeAtMs, nowMs) + INTERVAL_MS;
      lane.sentAtMs.push(nowMs);
      if (lane.sentAtMs.length > PER_MINUTE) lane.sentAtMs.shift();
      return 0;
    },
  };
}

export const noSendLimit: SendLimit = { take: () => 0 };

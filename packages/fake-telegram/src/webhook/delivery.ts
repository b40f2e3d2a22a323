/**
 * Pushes one bot's updates to its webhook, as tdlib/telegram-bot-api does (WebhookActor.cpp): a lane has one update
 * under way, all lanes together `maxConnections`. What fails is tried again until its day is over.
 */
import type { Clock } from '../clock.ts';
import { expiresAtMs, handOut } from '../world/updates.ts';
import type { Bot } from '../world/world.ts';
import { createLanes, type Lane } from './lanes.ts';
import type { Poster, PostResult, Target } from './post.ts';
import { afterFailure } from './retry.ts';

/** A webhook that answers nothing but 410 for so long is removed. */
const GONE_FOR_MS = 23 * 3_600_000;

export interface WebhookSettings extends Target {
  maxConnections: number;
}

export interface DeliveryDeps {
  bot: Bot;
  clock: Clock;
  post: Poster['post'];
  settings: WebhookSettings;
  /** Gets the body of every answer that acknowledged. */
  onAcknowledged(body: Record<string, unknown>): void;
  onGone(): void;
  /** While Telegram itself is gone nothing is sent; `wake` when it is back. */
  isDown(): boolean;
}

export interface WebhookDelivery {
  readonly settings: WebhookSettings;
  readonly lastError: { atMs: number; message: string } | undefined;
  /** Looks again at once. */
  wake(): void;
  /** Ends requests under way; their updates are not confirmed. Resolves when none is left. */
  stop(): Promise<void>;
}

export function startDelivery(deps: DeliveryDeps): WebhookDelivery {
  const { bot, clock, post, settings } = deps;
  const stopping = new AbortController();
  const lanes = createLanes(bot.queue, settings.maxConnections * 2);
  const errors = createErrors();
  const underWay = new Set<Promise<void>>();

  const pump = () => {
    if (stopping.signal.aborted || deps.isDown()) return;
    lanes.load(clock.now());
    while (underWay.size < settings.maxConnections) {
      const lane = lanes.take();
      if (!lane) break;
      const sent: Promise<void> = send(lane).finally(() => {
        underWay.delete(sent);
        pump();
      });
      underWay.add(sent);
    }
    // Looking again after the current turn gathers everything that one burst pushes.
    bot.queue.onNextPush(() => setImmediate(pump));
  };

  const send = async (lane: Lane) => {
    const [first] = lane.waiting;
    if (!first) return;
    handOut(first, clock.now());
    const result = await post(settings, first.update, stopping.signal);
    if (stopping.signal.aborted) return;
    if (errors.note(result, clock.now()) === 'gone') return deps.onGone();
    if (result.kind !== 'acknowledged') return retry(lane, result.kind === 'refused' ? result.retryAfterS : 0);
    lanes.finish(lane, clock.now());
    deps.onAcknowledged(result.body);
  };

  const retry = (lane: Lane, retryAfterS: number) => {
    const [first] = lane.waiting;
    const { waitS, ...attempts } = afterFailure(lane.attempts, retryAfterS);
    lane.attempts = attempts;
    if (first && clock.now() + waitS * 1000 > expiresAtMs(first)) return lanes.finish(lane);
    if (waitS === 0) return lanes.putBack(lane);
    void clock.sleep(waitS * 1000, stopping.signal).then(() => {
      lanes.putBack(lane);
      pump();
    });
  };

  pump();
  return {
    settings,
    wake: pump,
    get lastError() {
      return errors.last;
    },
    async stop() {
      stopping.abort();
      bot.queue.onNextPush(undefined);
      await Promise.all(underWay);
    },
  };
}

/** Remembers the last error, and since when nothing but 410 came. */
function createErrors() {
  let last: WebhookDelivery['lastError'];
  let goneSinceMs: number | undefined;
  return {
    get last() {
      return last;
    },
    note(result: PostResult, nowMs: number): 'gone' | undefined {
      if (result.kind !== 'acknowledged') last = { atMs: nowMs, message: result.error };
      // A connection that fails says neither yes nor no.
      if (result.kind === 'failed') return undefined;
      goneSinceMs = result.kind === 'refused' && result.status === 410 ? (goneSinceMs ?? nowMs) : undefined;
      return goneSinceMs !== undefined && nowMs > goneSinceMs + GONE_FOR_MS ? 'gone' : undefined;
    },
  };
}

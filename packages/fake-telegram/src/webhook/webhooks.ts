/** The webhooks that are set, one per bot at most. */
import type { Clock } from '../clock.ts';
import type { Bot } from '../world/world.ts';
import { startDelivery, type WebhookDelivery, type WebhookSettings } from './delivery.ts';
import { createPoster } from './post.ts';

export interface Webhooks {
  /** Takes the place of the one that was set, if any. */
  set(bot: Bot, settings: WebhookSettings): void;
  remove(bot: Bot): void;
  of(bot: Bot): Pick<WebhookDelivery, 'settings' | 'lastError'> | undefined;
  /** Telegram is back. */
  wakeAll(): void;
  /** Resolves when no request is under way any more. */
  stopAll(): Promise<void>;
}

export interface WebhooksDeps {
  clock: Clock;
  /** Calls a method that a bot named in its answer; nobody hears of the result. */
  call(bot: Bot, method: string, params: Record<string, unknown>): void;
  /** Whether Telegram is gone. */
  isDown(): boolean;
}

/** What an answer may not call (tdlib/telegram-bot-api, WebhookActor::handle): anything whose result is the point, and the webhook itself. */
const NOT_BY_ANSWER = /^(?:get.*|setwebhook|deletewebhook|close|logout)$/i;

export function createWebhooks({ clock, call, isDown }: WebhooksDeps): Webhooks {
  const deliveries = new Map<Bot, WebhookDelivery>();
  const poster = createPoster(clock);
  const remove = (bot: Bot) => {
    void deliveries.get(bot)?.stop();
    deliveries.delete(bot);
  };
  const onAcknowledged = (bot: Bot, { method, ...params }: Record<string, unknown>) => {
    if (typeof method === 'string' && method !== '' && !NOT_BY_ANSWER.test(method)) call(bot, method, params);
  };
  return {
    set(bot, settings) {
      remove(bot);
      const delivery = startDelivery({
        bot,
        clock,
        post: poster.post,
        settings,
        onAcknowledged: (body) => onAcknowledged(bot, body),
        onGone: () => remove(bot),
        isDown,
      });
      deliveries.set(bot, delivery);
    },
    remove,
    of: (bot) => deliveries.get(bot),
    wakeAll: () => deliveries.forEach((delivery) => delivery.wake()),
    async stopAll() {
      await Promise.all([...deliveries.values()].map((delivery) => delivery.stop()));
      poster.close();
    },
  };
}

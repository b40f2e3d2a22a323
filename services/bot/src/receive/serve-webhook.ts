/** Receiving by webhook: listen first, then tell Telegram where, and leave the webhook set when we stop. */
import { createHash } from 'node:crypto';
import { messageOf, type Clock } from '@chatwarden/contracts';
import { closeGently, listenOrExplain, untilAborted, type Logger } from '@chatwarden/daemon';
import type { BotMetrics } from '../metrics.ts';
import type { TelegramApi } from '../telegram/telegram-api.ts';
import type { AcceptUpdates } from './accept-updates.ts';
import { ALLOWED_UPDATES } from './poll.ts';
import { createWebhook, WEBHOOK_PATH } from './webhook.ts';

export interface ServeWebhookDeps {
  api: Pick<TelegramApi, 'setWebhook'>;
  accept: AcceptUpdates;
  clock: Clock;
  log: Logger;
  metrics: BotMetrics;
  /** What Telegram reaches us by, such as https://bot.example; our own path is added. */
  publicUrl: string;
  host: string;
  port: number;
  secret: string;
}

const RETRY_MS = 5000;

/** Derived from the token, so that every replica knows it and nobody has to choose it. */
export function webhookSecret(token: string): string {
  return createHash('sha256').update(`chatwarden webhook ${token}`).digest('hex');
}

/** Serves until the signal aborts. Rejects with Failure `portUnavailable` (never). */
export async function serveWebhook(deps: ServeWebhookDeps, signal: AbortSignal): Promise<void> {
  const { accept, clock, secret, log, metrics, host, port } = deps;
  const app = createWebhook({ accept, secret, log, metrics });
  await listenOrExplain('WEBHOOK_PORT', port, () => app.listen({ host, port }));
  try {
    await announce(deps, signal);
    await untilAborted(signal);
  } finally {
    await closeGently(app, clock);
  }
}

async function announce({ api, clock, log, publicUrl, secret }: ServeWebhookDeps, signal: AbortSignal): Promise<void> {
  const url = new URL(WEBHOOK_PATH, publicUrl).href;
  while (!signal.aborted) {
    try {
      await api.setWebhook({ url, secret, allowedUpdates: ALLOWED_UPDATES });
      log.info(`Telegram delivers updates to ${url}`);
      return;
    } catch (error) {
      log.warn({ err: error }, `Telegram does not take the webhook yet: ${messageOf(error)}`);
      await clock.sleep(RETRY_MS, signal);
    }
  }
}

/** The bot as a process of its own: opens its ports and lets it work. */
import { openConfiguredBus } from '@chatwarden/bus';
import type { ServiceFrame } from '@chatwarden/daemon';
import { createFolderKeys } from '@chatwarden/keys';
import { openConfiguredStore } from '@chatwarden/store';
import type { BotProcessConfig } from './config.ts';
import { createGrammyApi } from './telegram/grammy-api.ts';
import { wire } from './wire.ts';

/** Above what a long poll takes. */
const CALL_TIMEOUT_MS = 20_000;

export async function start(frame: ServiceFrame<BotProcessConfig>): Promise<{ work: Promise<void> }> {
  const { config, clock, log, metrics, tracer, lifecycle, signal, instance, open, readyWhen, fail } = frame;
  const store = await open('PostgreSQL', () => openConfiguredStore(config, { clock, log, holder: instance }));
  lifecycle.onStop('store', () => store.close());
  readyWhen('postgres', () => store.ping());
  const topics = ['events', 'verdicts', 'actions'] as const;
  const bus = await open('Kafka', () =>
    openConfiguredBus(config, {
      clientId: instance,
      topics,
      clock,
      log,
      registry: metrics.registry,
      onStuck: fail,
    }),
  );
  lifecycle.onStop('bus', () => bus.close());
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: apiRoot } = config;
  const api = createGrammyApi({ token, timeoutMs: CALL_TIMEOUT_MS, ...(apiRoot === undefined ? {} : { apiRoot }) });
  const keys = createFolderKeys({ dir: config.KEYS_DIR });
  const bot = wire({ bus, store, keys, api, clock, log, metrics, tracer, holderName: instance }, config);
  readyWhen('telegram', () => {
    if (bot.username() === null) throw new Error('Telegram has not said yet who this bot is');
  });
  const work = bot.run(signal);
  lifecycle.onStop('bot', () => work.catch(() => undefined));
  return { work };
}

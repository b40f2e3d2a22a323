import { messageOf } from '@chatwarden/contracts';
import type { Bot } from '@chatwarden/bot';
import { listenOrExplain, startHealthServer, type Condition, type Lifecycle, type Metrics } from '@chatwarden/daemon';
import type { Ingestd } from '@chatwarden/ingestd';
import type { Store } from '@chatwarden/store';
import type { StandaloneConfig } from './config.ts';

export interface HealthDeps {
  config: StandaloneConfig;
  lifecycle: Lifecycle;
  metrics: Metrics;
  store: Pick<Store, 'ping'>;
  bot: Bot;
  ingestd: Pick<Ingestd, 'ready'>;
}

const HOST = '127.0.0.1';

/** Ready when PostgreSQL answers, Telegram knows us and logs are taken. Resolves to the address of the health server. */
export async function serveHealth(deps: HealthDeps): Promise<string> {
  const { config, lifecycle, metrics, store, bot, ingestd } = deps;
  const port = config.HEALTH_PORT;
  const ready = async () => [await postgres(store), telegram(bot), ...ingestd.ready()];
  const server = await listenOrExplain('HEALTH_PORT', port, () =>
    startHealthServer({ port, host: HOST, metrics, ready }),
  );
  lifecycle.onStop('health server', () => server.close());
  return `http://${HOST}:${server.port}`;
}

async function postgres(store: Pick<Store, 'ping'>): Promise<Condition> {
  try {
    await store.ping();
    return { name: 'postgres', ok: true };
  } catch (error) {
    return { name: 'postgres', ok: false, reason: messageOf(error) };
  }
}

function telegram(bot: Bot): Condition {
  return bot.username() === null
    ? { name: 'telegram', ok: false, reason: 'Telegram has not said yet who this bot is' }
    : { name: 'telegram', ok: true };
}

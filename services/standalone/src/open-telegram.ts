/** Telegram: the real one with a token, else a fake one in this process with a bot of its own. */
import { createFakeTelegram, type FakeTelegram } from '@chatwarden/fake-telegram';
import { listenOrExplain, type Lifecycle } from '@chatwarden/daemon';
import { sourceOf, type StandaloneConfig } from './config.ts';

export const DEMO_BOT = {
  id: 7_000_000_001,
  token: '7000000001:demo-traffic-token',
  username: 'chatwarden_demo_bot',
} as const;

export interface Telegram {
  token: string;
  apiRoot?: string;
  /** Present when Telegram is simulated. */
  fake?: FakeTelegram;
}

export async function openTelegram(config: StandaloneConfig, lifecycle: Lifecycle): Promise<Telegram> {
  const source = sourceOf(config);
  if (source === 'telegram') {
    const { TELEGRAM_BOT_TOKEN: token = '', TELEGRAM_API_ROOT: apiRoot } = config;
    return { token, ...(apiRoot === undefined ? {} : { apiRoot }) };
  }
  const fake = createFakeTelegram({
    bots: [DEMO_BOT],
    banner: 'demo traffic',
    // A corpus asks about more messages in a minute than a group may get in an hour.
    limits: source === 'corpus' ? 'none' : 'telegram',
  });
  lifecycle.onStop('simulated Telegram', () => fake.close());
  const address = { port: config.FAKE_TELEGRAM_PORT, host: '127.0.0.1' };
  const { apiRoot } = await listenOrExplain('FAKE_TELEGRAM_PORT', address.port, () => fake.listen(address));
  return { token: DEMO_BOT.token, apiRoot, fake };
}

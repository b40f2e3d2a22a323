/** Standalone as a whole in this process, on free ports and an embedded PostgreSQL, with one empty group. */
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { retryClassOf } from '@chatwarden/contracts';
import { createLifecycle, readConfig, silentLogger, systemClock } from '@chatwarden/daemon';
import type { FakeTelegram } from '@chatwarden/fake-telegram';
import { DEMO_BOT, StandaloneConfig, startStandalone, type Standalone } from '@chatwarden/standalone';
import { onTestFinished, vi } from 'vitest';

const service = { name: 'standalone', version: '0.0.0', environment: 'test', node: { name: 'test' } };

export function aDataDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'chatwarden-e2e-'));
  // The embedded PostgreSQL may run under an account of its own.
  chmodSync(dir, 0o711);
  return dir;
}

export async function startApp(env: Record<string, string> = {}): Promise<Standalone & { stop(): Promise<unknown> }> {
  const config = readConfig(StandaloneConfig, {
    DATA_DIR: aDataDir(),
    PORT: '0',
    INGEST_PORT: '0',
    HEALTH_PORT: '0',
    FAKE_TELEGRAM_PORT: '0',
    JOURNAL_SAMPLE: 'all',
    ...env,
  });
  const log = silentLogger();
  const lifecycle = createLifecycle({ log, deadlineMs: 20_000 });
  onTestFinished(async () => void (await lifecycle.stop('the test is over')));
  const app = await startStandalone({ config, clock: systemClock(), log, lifecycle, service, print: () => undefined });
  app.work.catch(() => undefined);
  return { ...app, stop: () => lifecycle.stop('asked to') };
}

export async function aCommunity(env: Record<string, string> = {}) {
  const app = await startApp(env);
  const fake = app.fake as FakeTelegram;
  return { app, fake, ...gather(fake) };
}

/** The bot, as the simulated Telegram knows it. */
export const BOT = DEMO_BOT;

/** A group with its owner, a member, one who has come to advertise, and the bot. */
export function gather({ human }: FakeTelegram) {
  const owner = human.addUser({ first_name: 'Olga' }).id;
  const member = human.addUser({ first_name: 'Max' }).id;
  const spammer = human.addUser({ first_name: 'Lucky' }).id;
  const chat = human.addChat({ type: 'supergroup', title: 'Balcony gardeners', owner }) as number;
  for (const user of [member, spammer]) human.join({ chat, user });
  const rights = { can_delete_messages: true, can_restrict_members: true };
  human.promote({ chat, user: DEMO_BOT.id, by: owner, rights });
  return { chat, owner, member, spammer };
}

/** Waits for what can be seen, never for time. What is away for the moment cannot be seen yet. */
export function until<T>(look: () => T | Promise<T>): Promise<NonNullable<Exclude<T, false>>> {
  const seen = async () => {
    try {
      return await look();
    } catch (error) {
      if (retryClassOf(error) === 'later') return undefined;
      throw error;
    }
  };
  return vi.waitUntil(seen, { timeout: 60_000, interval: 20 }) as Promise<NonNullable<Exclude<T, false>>>;
}

/**
 * The whole bot on a fake Telegram, a real PostgreSQL and the in-process bus. In place of detection stands a judge that
 * tests can steer by words: "spam" is acted on, "unsure" is asked about, all else is allowed.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInProcessBus, type Bus } from '@chatwarden/bus';
import { isMessageEvent, isSanctionable, type ChatEvent, type KeyProvider, type Verdict } from '@chatwarden/contracts';
import { createLogger, createMetrics, NO_TRACING, silentLogger, systemClock, type Tracer } from '@chatwarden/daemon';
import { createFakeTelegram, type FakeTelegramOptions } from '@chatwarden/fake-telegram';
import { createFolderKeys, sealId } from '@chatwarden/keys';
import { freePort } from '@chatwarden/postgres-server';
import { openStore, type Store } from '@chatwarden/store';
import { aVerdict } from '@chatwarden/testkit';
import { createTestDatabase } from '@chatwarden/testkit/postgres';
import { onTestFinished, vi } from 'vitest';
import { createGrammyApi, wire, type BotConfig } from '../src/index.ts';
import type { TelegramApi } from '../src/telegram/telegram-api.ts';

const TOKEN = '100:secret-token-of-the-fake';
export const BOT_ID = 100;
const service = { name: 'bot', version: '0.0.0', environment: 'test', node: { name: 'test' } };

export interface BotOptions {
  config?: Partial<BotConfig>;
  fake?: FakeTelegramOptions;
  /** Stands between the bot and the fake; for faults. */
  api?: (real: TelegramApi) => TelegramApi;
  /** An existing database and keys: the bot after a restart. */
  store?: Store;
  keys?: KeyProvider;
  /** Another bot than the first. */
  token?: string;
  holderName?: string;
  /** Sees the log, a line of JSON at a time. */
  log?: (line: string) => void;
  tracer?: Tracer;
}

const CONFIG: BotConfig = {
  TELEGRAM_BOT_TOKEN: TOKEN,
  DEFAULT_MODE: 'enforce',
  TAKE_OVER_WEBHOOK: false,
  WEBHOOK_PORT: 0,
  WEBHOOK_HOST: '127.0.0.1',
  ALLOWED_CHATS: '',
  PRIVACY_CONTACT: 'privacy@warden.example',
};

export async function aWorld(options: FakeTelegramOptions = {}) {
  const fake = createFakeTelegram({ limits: 'none', bots: [{ token: TOKEN, username: 'warden_bot' }], ...options });
  onTestFinished(() => fake.close());
  const { apiRoot } = await fake.listen({ port: 0 });
  const { human } = fake;
  const owner = human.addUser({ first_name: 'Olga' });
  const ann = human.addUser({ first_name: 'Ann' });
  const chat = human.addChat({ type: 'supergroup', title: 'Balcony gardeners', owner: owner.id }) as number;
  human.join({ chat, user: ann.id });
  const rights = { can_delete_messages: true, can_restrict_members: true };
  human.promote({ chat, user: BOT_ID, by: owner.id, rights });
  const say = (text: string, from = ann.id, over = {}) => human.talk({ chat, from, message: { text, ...over } });
  return { fake, human, apiRoot, owner, ann, chat, say };
}

async function aStore(): Promise<Store> {
  const database = await createTestDatabase();
  const store = await openStore({ url: database.url, clock: systemClock(), holder: 'test' });
  onTestFinished(async () => {
    await store.close();
    await database.drop();
  });
  return store;
}

export type World = Awaited<ReturnType<typeof aWorld>>;

export async function startBot(world: World, options: BotOptions = {}) {
  const clock = systemClock();
  const { token = TOKEN, holderName = 'test', tracer = NO_TRACING, log: seeLine } = options;
  const log = seeLine ? createLogger({ service, level: 'info', destination: { write: seeLine } }) : silentLogger();
  const store = options.store ?? (await aStore());
  const keys = options.keys ?? createFolderKeys({ dir: mkdtempSync(join(tmpdir(), 'chatwarden-keys-')) });
  const bus = createInProcessBus({ clock, deadLetters: store.deadLetters, deadlineMs: 10_000 });
  const seen = await judgeByWords(bus, keys);
  const real = createGrammyApi({ token, apiRoot: world.apiRoot, timeoutMs: 5000 });
  const api = options.api?.(real) ?? real;
  const metrics = createMetrics({ service, processMetrics: false });
  const bot = wire(
    { bus, store, keys, api, clock, log, metrics, tracer, holderName },
    { ...CONFIG, TELEGRAM_BOT_TOKEN: token, ...options.config },
  );
  const stopping = new AbortController();
  const work = bot.run(stopping.signal);
  work.catch(() => undefined);
  const stop = async () => {
    stopping.abort();
    await work.catch(() => undefined);
    await bus.close();
  };
  onTestFinished(stop);
  return { bot, bus, store, keys, work, stop, seen, metrics };
}

async function judgeByWords(bus: Bus, keys: KeyProvider) {
  const events: ChatEvent[] = [];
  const verdicts: Verdict[] = [];
  const actions: unknown[] = [];
  await bus.subscribe({
    topic: 'events',
    group: 'judge',
    batchMax: 100,
    handle: async (batch) => {
      events.push(...batch);
      await bus.publish('verdicts', await Promise.all(batch.map((event) => judge(event, keys))));
      return [];
    },
  });
  const keep = (into: unknown[]) => (batch: readonly unknown[]) => {
    into.push(...batch);
    return Promise.resolve([]);
  };
  await bus.subscribe({ topic: 'verdicts', group: 'seen', batchMax: 100, handle: keep(verdicts) });
  await bus.subscribe({ topic: 'actions', group: 'seen', batchMax: 100, handle: keep(actions) });
  return { events, verdicts, actions };
}

async function judge(event: ChatEvent, keys: KeyProvider): Promise<Verdict> {
  if (!isMessageEvent(event)) throw new Error(`unexpected ${event.kind}`);
  const { text } = event.message;
  const mayAct = isSanctionable(event.sender);
  const band = mayAct && text.includes('spam') ? 'act' : mayAct && text.includes('unsure') ? 'ask' : 'allow';
  const sender = sealId(await keys.key(event.groupId, 'seal'), event.groupId, event.sender.id);
  const messageIds = [event.message.messageId];
  const common = { groupId: event.groupId, chatId: event.chatId, botId: event.botId };
  return aVerdict({ ...common, band, targets: band === 'allow' ? { messageIds } : { messageIds, sender } }, event);
}

/** Waits for what the fake shows, never for time. */
export function until(condition: () => unknown): Promise<unknown> {
  return vi.waitUntil(condition, { timeout: 15_000, interval: 10 });
}

/** A bot that receives by webhook, and what it told Telegram of where it listens. */
export async function startWebhookBot(world: World) {
  const port = await freePort();
  const parts = await startBot(world, { config: { WEBHOOK_URL: `http://127.0.0.1:${port}`, WEBHOOK_PORT: port } });
  const call = () => world.fake.record.apiCalls.find(({ method }) => method.toLowerCase() === 'setwebhook');
  await until(() => call()?.ok);
  const { url, secret_token: secret } = (call()?.params ?? {}) as { url: string; secret_token: string };
  return { ...parts, port, url, secret };
}

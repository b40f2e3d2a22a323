/**
 * The composition root: opens every port, wires the services to them and lets the bot work. Teardown is registered
 * where a thing is made; the bot is last in and first out, so that nothing more is accepted while the rest finishes.
 */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { wire as wireAlertd } from '@chatwarden/alertd';
import { wire as wireApi } from '@chatwarden/api';
import { createGrammyApi, wire as wireBot, type Bot } from '@chatwarden/bot';
import { createInProcessBus, type Bus } from '@chatwarden/bus';
import { KEEP_DAYS, type Clock, type KeyProvider, type Service } from '@chatwarden/contracts';
import { createMetrics, type Lifecycle, type Logger, type Metrics, type Tracer } from '@chatwarden/daemon';
import { decodeModel, DETECTOR_VERSION, MODEL_URL } from '@chatwarden/detector';
import type { FakeTelegram } from '@chatwarden/fake-telegram';
import { createFolderKeys } from '@chatwarden/keys';
import { createPostgresLogStore, createPostgresSpanStore, type LogStore, type SpanStore } from '@chatwarden/logstore';
import type { PostgresStore } from '@chatwarden/store';
import { sourceOf, type StandaloneConfig } from './config.ts';
import { openDatabase } from './open-database.ts';
import { openTelegram, type Telegram } from './open-telegram.ts';
import { serveHealth } from './serve-health.ts';
import { startIngestd } from './start-ingestd.ts';
import { createSummary, type Summary } from './summary/summary.ts';

export interface StandaloneDeps {
  config: StandaloneConfig;
  clock: Clock;
  log: Logger;
  lifecycle: Lifecycle;
  service: Service;
  /** Lines for the terminal, besides the log. */
  print: (line: string) => void;
}

export interface Standalone {
  store: PostgresStore;
  logStore: LogStore;
  spanStore: SpanStore;
  summary: Summary;
  bot: Bot;
  /** Present when Telegram is simulated. */
  fake?: FakeTelegram;
  /** Where the Bot API is spoken, when it is not Telegram's own. */
  apiRoot?: string;
  /** Of the portal and the API. */
  portalUrl: string;
  /** Where logs and traces are taken. */
  ingestUrl: string;
  healthUrl: string;
  /** Rejects when the bot cannot go on, such as with a refused token. */
  work: Promise<void>;
}

/** One process per data folder, so this name is unique among live processes and the same after a restart. */
const HOLDER_NAME = 'standalone';
/** How long updates may wait to be handled before they are left to Telegram, which delivers them again. */
const BUS_DEADLINE_MS = 60_000;
const CALL_TIMEOUT_MS = 20_000;

interface Backends {
  bus: Bus;
  store: PostgresStore;
  logStore: LogStore;
  spanStore: SpanStore;
  keys: KeyProvider;
  metrics: Metrics;
}

interface Ports extends Backends {
  tracer: Tracer;
}

export async function startStandalone(deps: StandaloneDeps): Promise<Standalone> {
  const { config, lifecycle } = deps;
  const telegram = await openTelegram(config, lifecycle);
  const backends = await openBackends(deps);
  const { store, logStore, spanStore, metrics } = backends;
  const { ingestd, tracer, url: ingestUrl } = await startIngestd({ ...deps, ...backends, keepDays: KEEP_DAYS });
  const ports: Ports = { ...backends, tracer };
  await startAlertd(deps, ports);
  const summary = await startSummary(deps, ports);
  const portalUrl = await startApi(deps, ports);
  const { bot, work } = startBot(deps, ports, telegram);
  const healthUrl = await serveHealth({ config, lifecycle, metrics, store, bot, ingestd });
  const { fake, apiRoot } = telegram;
  return {
    store,
    logStore,
    spanStore,
    summary,
    bot,
    portalUrl,
    ingestUrl,
    healthUrl,
    work,
    ...(fake === undefined ? {} : { fake }),
    ...(apiRoot === undefined ? {} : { apiRoot }),
  };
}

async function openBackends({ config, clock, log, lifecycle, service }: StandaloneDeps): Promise<Backends> {
  const metrics = createMetrics({ service });
  const store = await openDatabase({ config, clock, log, lifecycle, holderName: HOLDER_NAME });
  const keys = createFolderKeys({ dir: resolve(config.KEYS_DIR ?? join(config.DATA_DIR, 'keys')) });
  const logStore = createPostgresLogStore({ sql: store.sql, clock, keepDays: KEEP_DAYS });
  const spanStore = createPostgresSpanStore({ sql: store.sql, clock, keepDays: KEEP_DAYS });
  const bus = createInProcessBus({ clock, deadLetters: store.deadLetters, deadlineMs: BUS_DEADLINE_MS, log });
  lifecycle.onStop('bus', () => bus.close());
  return { bus, store, logStore, spanStore, keys, metrics };
}

async function startAlertd(deps: StandaloneDeps, ports: Ports): Promise<void> {
  const { config, clock, log, lifecycle, service } = deps;
  const labels: Record<string, string> = isDemo(config) ? { demo: 'true' } : {};
  const model = decodeModel(await readFile(MODEL_URL));
  const detector = { version: DETECTOR_VERSION, model: model.id };
  const alertd = wireAlertd(
    { ...ports, model, detector, clock, log, source: { service, labels }, keepDays: KEEP_DAYS },
    config,
  );
  await alertd.start();
  lifecycle.onStop('alertd', () => alertd.stop());
}

async function startSummary({ config, clock, lifecycle, print }: StandaloneDeps, { bus, store }: Backends) {
  const titles = new Map<string, string>();
  const titleOf = async (groupId: string): Promise<string> => {
    if (!titles.has(groupId)) {
      for (const group of await store.groups.listGroups()) titles.set(group.groupId, group.title);
    }
    return titles.get(groupId) ?? groupId;
  };
  const verdictLines = sourceOf(config) !== 'corpus';
  const summary: Summary = createSummary({ bus, clock, print, titleOf, verdictLines });
  await summary.start();
  lifecycle.onStop('summary', () => summary.stop());
  return summary;
}

async function startApi({ config, clock, log, lifecycle }: StandaloneDeps, backends: Backends): Promise<string> {
  const { store, logStore, metrics } = backends;
  const ports = { groups: store.groups, logStore, clock, log, metrics };
  const api = wireApi(ports, { ...config, DEMO: config.DEMO || isDemo(config) });
  lifecycle.onStop('api', () => api.close());
  return (await api.listen()).url;
}

function startBot({ config, clock, log, lifecycle }: StandaloneDeps, ports: Ports, telegram: Telegram) {
  const { token, apiRoot } = telegram;
  const api = createGrammyApi({ token, timeoutMs: CALL_TIMEOUT_MS, ...(apiRoot === undefined ? {} : { apiRoot }) });
  const simulated = telegram.fake !== undefined;
  const bot = wireBot(
    { ...ports, api, clock, log, holderName: HOLDER_NAME },
    // A simulated community is there to be moderated.
    { ...config, TELEGRAM_BOT_TOKEN: token, DEFAULT_MODE: simulated ? 'enforce' : config.DEFAULT_MODE },
  );
  const stopping = new AbortController();
  const work = bot.run(stopping.signal);
  lifecycle.onStop('bot', async () => {
    stopping.abort();
    await work.catch(() => undefined);
  });
  return { bot, work };
}

function isDemo(config: StandaloneConfig): boolean {
  return sourceOf(config) !== 'telegram';
}

/** Puts the bot together from its ports; opens nothing itself. */
import {
  hashId,
  messageOf,
  policyFromPreset,
  type Action,
  type Clock,
  type Group,
  type KeyProvider,
} from '@chatwarden/contracts';
import type { Bus } from '@chatwarden/bus';
import { NO_TRACING, untilAborted, type Logger, type Metrics, type Tracer } from '@chatwarden/daemon';
import { createSettingsCache, type Lane, type SettingsCache, type Store } from '@chatwarden/store';
import { createPress } from './cards/press.ts';
import { COMMANDS, createCommands } from './commands/commands.ts';
import { allowedChats, type BotConfig } from './config.ts';
import { createCorrect } from './corrections/correct.ts';
import { createCarryOut } from './enforce/carry-out.ts';
import { createExecutor, type Executor } from './enforce/executor.ts';
import { createPlan } from './enforce/plan.ts';
import { createTeller, type Teller } from './enforce/tell.ts';
import { createBotMetrics, type BotMetrics } from './metrics.ts';
import { eraseGroup, finishErasures } from './privacy/erase-group.ts';
import { createAcceptUpdates, type AcceptUpdates } from './receive/accept-updates.ts';
import { createChatFacts } from './receive/chat-facts.ts';
import { createEnsureGroup, type KnownGroup } from './receive/ensure-group.ts';
import { followRoutes, type Routes } from './receive/follow-routes.ts';
import { poll } from './receive/poll.ts';
import { serveWebhook, webhookSecret } from './receive/serve-webhook.ts';
import { describeRights } from './rights/bot-rights.ts';
import { freeWebhook } from './telegram/free-webhook.ts';
import { identify } from './telegram/identify.ts';
import type { TelegramApi } from './telegram/telegram-api.ts';

/** Two batches of updates. */
const VERDICTS_MAX = 200;

export interface BotPorts {
  bus: Bus;
  store: Store;
  keys: KeyProvider;
  api: TelegramApi;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  /** Nothing is traced when absent. */
  tracer?: Tracer;
  /** Unique among live processes: whose lanes and leases these are. */
  holderName: string;
}

export interface Bot {
  /** Subscribes and works until the signal aborts; rejects when Telegram refuses the token or the webhook stays. */
  run(signal: AbortSignal): Promise<void>;
  /** Null while Telegram has not answered yet. */
  username(): string | null;
}

export function wire(ports: BotPorts, config: BotConfig): Bot {
  let username: string | null = null;

  async function run(signal: AbortSignal): Promise<void> {
    const me = await identify(ports, signal);
    if (!me) return;
    username = me.username;
    if (config.WEBHOOK_URL === undefined) await freeWebhook(ports, { takeOver: config.TAKE_OVER_WEBHOOK });
    await work(ports, config, { me, signal });
  }

  return { run, username: () => username };
}

interface Session {
  me: { id: number; username: string };
  signal: AbortSignal;
}

async function work(ports: BotPorts, config: BotConfig, session: Session): Promise<void> {
  const { bus, store, clock, log, tracer = NO_TRACING } = ports;
  const { signal } = session;
  const metrics = createBotMetrics(ports.metrics.registry);
  const settings = createSettingsCache(store.settings);
  const { executor, teller } = assembleEnforcement(ports, session, { metrics, settings, tracer });
  const wakeAll = () => {
    executor.wake();
    teller.wake();
  };
  const routes = followRoutes({ publishers: store.publishers, settings, name: ports.holderName, clock, log });
  const accept = assembleReception(ports, config, { session, metrics, settings, routes, tracer, wake: wakeAll });
  const plan = createPlan({ decisions: store.decisions, settings, clock, metrics, tracer, onPlanned: executor.wake });
  const planning = await bus.subscribe({ topic: 'verdicts', group: 'bot-plan', batchMax: VERDICTS_MAX, handle: plan });
  void publishCommands(ports);
  // When one of these ends early by an error, the others must not go on alone.
  const failed = new AbortController();
  const until = AbortSignal.any([signal, failed.signal]);
  const loops = [
    receive(ports, config, { session, accept, routes, metrics, until }),
    executor.run(until),
    teller.run(until),
    routes.follow(until),
    // Whoever speaks there meanwhile has it finished sooner.
    finishErasures({ ...ports, groups: store.groups, purges: store.purges }),
  ];
  try {
    await Promise.all(loops);
  } finally {
    failed.abort();
    await Promise.allSettled(loops);
    await planning.close();
    await routes.withdraw();
  }
}

interface Receiving {
  session: Session;
  accept: AcceptUpdates;
  routes: Routes;
  metrics: BotMetrics;
  until: AbortSignal;
}

/** By webhook where Telegram can reach us, else by polling. */
async function receive(ports: BotPorts, config: BotConfig, receiving: Receiving): Promise<void> {
  const { session, accept, routes, metrics, until } = receiving;
  await Promise.race([routes.listed, untilAborted(until)]);
  const { api, store, clock, log } = ports;
  if (config.WEBHOOK_URL === undefined) {
    return poll({ api, accept, lease: store.lease, botId: session.me.id, clock, log, metrics }, until);
  }
  const where = { publicUrl: config.WEBHOOK_URL, host: config.WEBHOOK_HOST, port: config.WEBHOOK_PORT };
  const secret = webhookSecret(config.TELEGRAM_BOT_TOKEN);
  return serveWebhook({ api, accept, clock, log, metrics, secret, ...where }, until);
}

interface Parts {
  metrics: BotMetrics;
  settings: SettingsCache;
  tracer: Tracer;
}

function assembleEnforcement(
  ports: BotPorts,
  { me }: Session,
  { metrics, settings, tracer }: Parts,
): { executor: Executor; teller: Teller } {
  const { bus, store, keys, api, clock, log, holderName } = ports;
  const { ledger, corrections } = store;
  const teller = createTeller({ ledger, corrections, bus, clock, log, revision: settings.revision, tracer });
  const carryOut = createCarryOut({ api, cards: store.cards, keys, clock });
  const onMigrated = (lane: Lane, toChatId: number) => store.groups.migrateChat(me.id, lane.chatId, toChatId);
  const told = { onOutcomes: teller.wake, onMigrated };
  return {
    executor: createExecutor({ ledger, carryOut, clock, log, metrics, tracer, holderName, botId: me.id, ...told }),
    teller,
  };
}

interface Reception extends Parts {
  session: Session;
  routes: Routes;
  /** Something was planned outside a verdict. */
  wake: () => void;
}

function assembleReception(ports: BotPorts, config: BotConfig, parts: Reception): AcceptUpdates {
  const { bus, store, keys, api, clock, log } = ports;
  const { session, metrics, settings, routes, tracer, wake } = parts;
  const { me } = session;
  const facts = createChatFacts({
    api,
    botId: me.id,
    clock,
    log,
    onRights: (chatId, rights) => {
      log.info(`chat ${chatId}: ${describeRights(rights)}`);
      if (!rights.mayDelete && !rights.mayRestrict) return;
      store.ledger
        .retryNow(me.id, chatId)
        .then(wake, (error: unknown) =>
          log.warn({ err: error, chatId }, 'what waits for rights waits a little longer'),
        );
    },
  });
  const ensureGroup = createEnsureGroup({
    groups: store.groups,
    purges: store.purges,
    keys,
    botId: me.id,
    firstPolicy: policyFromPreset('balanced', config.DEFAULT_MODE),
    allowedChats: allowedChats(config),
    log,
    onNewGroup: async (known) => {
      log.info({ chatId: known.group.chatId }, `new group "${known.group.title}", mode ${config.DEFAULT_MODE}`);
      if (config.DEFAULT_MODE !== 'observe') return;
      await store.ledger.planActions([welcome(known, clock.now())]);
      wake();
    },
  });
  settings.onErased((groupId) => {
    keys.forget(groupId);
    ensureGroup.forget(groupId);
  });
  const correct = createCorrect({ store, settings, clock, onCorrected: wake });
  const erase = async ({ groupId, chatId }: Group) => {
    await eraseGroup(groupId, { keys, purges: store.purges, log });
    ensureGroup.left(chatId);
  };
  const who = { botId: me.id, botUsername: me.username, contact: config.PRIVACY_CONTACT, ...modelOf(config) };
  const acts = { correct, eraseGroup: erase };
  const commands = createCommands({ api, store, settings, keys, facts, clock, log, ...acts, ...who });
  const press = createPress({ api, cards: store.cards, correct, keys, settings, clock, log });
  return createAcceptUpdates({
    bus,
    ensureGroup,
    facts,
    commands,
    press,
    clock,
    log,
    metrics,
    settings,
    routes,
    tracer,
  });
}

/** Whom else the words of a message may be shown to. */
function modelOf({ LLM_URL }: BotConfig): { modelHost?: string } {
  return LLM_URL === undefined ? {} : { modelHost: new URL(LLM_URL).host };
}

/** Said once per group: the id of the notice is the group's. */
function welcome({ group }: KnownGroup, at: number): Action {
  const { groupId, botId, chatId } = group;
  const id = hashId('welcome', groupId);
  const text =
    'I am here to keep spam out. For now I only watch and record what I would do. ' +
    'An administrator may say /mode enforce to let me act, and /status to see whether I have the rights for it.';
  return {
    id,
    groupId,
    botId,
    chatId,
    cause: id,
    traceparent: `00-${id}-${id.slice(16)}-01`,
    receivedAt: at,
    kind: 'notice',
    target: { text },
  };
}

/** The menu that Telegram shows is a convenience: its failure is logged and forgotten. */
async function publishCommands({ api, log }: BotPorts): Promise<void> {
  try {
    await api.setMyCommands(COMMANDS.map(({ name, description }) => ({ command: name, description })));
  } catch (error) {
    log.info(`the menu of commands was not set: ${messageOf(error)}`);
  }
}

/** Puts the fake together: a world, the Bot API over it, the human side, and the page. */
import Fastify from 'fastify';
import { parseBodies } from './api/bodies.ts';
import { findMethod } from './api/methods.ts';
import { createPolls } from './api/polls.ts';
import { callMethod, serveBotApi } from './api/server.ts';
import { systemClock, type Clock } from './clock.ts';
import { createFaults, type Faults } from './faults/faults.ts';
import { serveFaults } from './faults/routes.ts';
import { createSendLimit, noSendLimit } from './flood.ts';
import { createHuman, type Human } from './human/human.ts';
import { serveHuman } from './human/routes.ts';
import { servePage } from './page/serve.ts';
import { createWebhooks } from './webhook/webhooks.ts';
import type { NewBot } from './world/chats.ts';
import { createRecord, type ApiCall, type Delivery, type Effect, type InjectedFault } from './world/record.ts';
import { createWorld } from './world/world.ts';

/** Enough for a bulk of some ten thousand messages. */
const BODY_MAX_BYTES = 32 * 1024 * 1024;

export interface FakeTelegramOptions {
  bots?: readonly NewBot[];
  clock?: Clock;
  /** Whether sends are limited as on Telegram; deletions and bans never are. */
  limits?: 'telegram' | 'none';
  /** Entries kept in each list of the record; 200,000 unless stated. */
  recordMax?: number;
  /** Messages kept per chat; 50,000 unless stated. Older ones are not found any more. */
  messagesMax?: number;
  /** Shown on the page. */
  banner?: string;
}

export interface FakeTelegram {
  readonly human: Human;
  /** What shall go wrong. */
  readonly faults: Faults;
  readonly record: {
    readonly effects: readonly Effect[];
    readonly apiCalls: readonly ApiCall[];
    readonly deliveries: readonly Delivery[];
    readonly faults: readonly InjectedFault[];
  };
  /** Port 0 takes a free one. `apiRoot` is what a bot framework wants in place of https://api.telegram.org. */
  listen(address: { port: number; host?: string }): Promise<{ apiRoot: string; port: number }>;
  /** Ends waiting polls, deliveries and hanging calls, and closes every connection. */
  close(): Promise<void>;
}

export function createFakeTelegram(options: FakeTelegramOptions = {}): FakeTelegram {
  const { clock = systemClock, limits = 'telegram', recordMax = 200_000, messagesMax = 50_000, banner = '' } = options;
  const record = createRecord(recordMax);
  const world = createWorld({ clock, record, messagesMax });
  const human = createHuman(world);
  const polls = createPolls();
  const faults = createFaults({
    clock,
    isMethod: (name) => findMethod(name) !== undefined,
    endPolls: polls.endAll,
    onComeBack: () => webhooks.wakeAll(),
  });
  const sendLimit = limits === 'telegram' ? createSendLimit() : noSendLimit;
  const webhooks = createWebhooks({
    clock,
    isDown: () => faults.down,
    // Nobody reads the answer, and so nobody hears of an error: the record has it.
    call: (bot, name, params) => void callMethod({ ...api, bot, onDisconnect: () => {} }, name, params).catch(() => {}),
  });
  const api = { world, sendLimit, polls, webhooks, faults };
  for (const bot of options.bots ?? []) human.addBot(bot);

  const app = Fastify({ bodyLimit: BODY_MAX_BYTES, forceCloseConnections: true });
  parseBodies(app);
  serveBotApi(app, api);
  app.register(
    async (scope) => {
      serveHuman(scope, { human, record, banner });
      serveFaults(scope, faults);
    },
    { prefix: '/human' },
  );
  servePage(app);

  return {
    human,
    faults,
    record: {
      effects: record.effects.items,
      apiCalls: record.apiCalls.items,
      deliveries: record.deliveries.items,
      faults: record.faults.items,
    },
    async listen({ port, host = '127.0.0.1' }) {
      const apiRoot = await app.listen({ port, host });
      return { apiRoot, port: Number(new URL(apiRoot).port) };
    },
    async close() {
      polls.endAll();
      await webhooks.stopAll();
      faults.close();
      await app.close();
    },
  };
}

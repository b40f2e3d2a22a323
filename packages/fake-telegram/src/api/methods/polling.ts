/** How a bot gets its updates. Polling and a webhook exclude each other, and so do two pollers. */
import type { Call, Methods } from '../call.ts';
import { conflict } from '../errors.ts';
import type { Input } from '../parameters.ts';

const UPDATES_MAX = 100;
/** The Bot API server waits no longer, whatever is asked. */
const TIMEOUT_MAX_S = 50;

export const pollingMethods = {
  getMe: ({ bot }) => bot.me,

  async getUpdates(call, input) {
    const { bot, polls, world, onDisconnect } = call;
    refuseWithWebhook(call);
    polls.end(bot, 'otherPoll');
    rememberAllowed(call, input);
    const offset = input.integer('offset') ?? 0;
    if (offset !== 0) bot.queue.confirm(offset, world.clock.now());
    const asked = input.integer('limit') ?? UPDATES_MAX;
    const limit = asked >= 1 && asked <= UPDATES_MAX ? asked : UPDATES_MAX;
    const timeoutS = Math.min(input.integer('timeout') ?? 0, TIMEOUT_MAX_S);

    const ready = bot.queue.peek(limit, world.clock.now());
    if (ready.length > 0 || timeoutS <= 0) return ready;
    const end = await polls.wait(bot, { timeoutMs: timeoutS * 1000, onDisconnect });
    if (end === 'webhook') throw conflict('terminated by setWebhook request');
    if (end === 'otherPoll') {
      throw conflict('terminated by other getUpdates request; make sure that only one bot instance is running');
    }
    return end === 'closed' ? [] : bot.queue.peek(limit, world.clock.now());
  },
} satisfies Methods;

function refuseWithWebhook({ bot, webhooks }: Call): void {
  if (!webhooks.of(bot)) return;
  throw conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
}

/** The list counts for updates that come later, and until another is given. */
export function rememberAllowed({ bot }: Call, input: Input<'getUpdates'> | Input<'setWebhook'>): void {
  const allowed = input.json('allowed_updates');
  if (Array.isArray(allowed)) bot.queue.allowed = allowed.map(String);
}

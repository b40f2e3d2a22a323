/** Setting, removing and looking at the webhook. Addresses are taken as a local Bot API server takes them: any port, http too. */
import { isDeepStrictEqual } from 'node:util';
import type { UpdateKind } from '../../world/updates.ts';
import type { Call, Methods } from '../call.ts';
import { badRequest } from '../errors.ts';
import type { Input } from '../parameters.ts';
import { rememberAllowed } from './polling.ts';

const CONNECTIONS_DEFAULT = 40;
const CONNECTIONS_MAX = 100;
const SECRET_MAX = 256;

export const webhookMethods = {
  setWebhook(call, input) {
    const url = input.text('url') ?? '';
    const settings = { url: url && readUrl(url), secretToken: readSecret(input), maxConnections: readMax(input) };
    rememberAllowed(call, input);
    // Setting what is set changes nothing: no request under way is made again.
    const drops = input.flag('drop_pending_updates');
    if (!drops && isDeepStrictEqual(call.webhooks.of(call.bot)?.settings, settings)) return true;
    call.webhooks.remove(call.bot);
    dropPendingIfAsked(call, input);
    if (url === '') return true;
    call.polls.end(call.bot, 'webhook');
    call.webhooks.set(call.bot, settings);
    return true;
  },

  deleteWebhook(call, input) {
    call.webhooks.remove(call.bot);
    dropPendingIfAsked(call, input);
    return true;
  },

  getWebhookInfo({ bot, webhooks }) {
    const { allowed } = bot.queue;
    const webhook = webhooks.of(bot);
    const error = webhook?.lastError;
    return {
      url: webhook?.settings.url ?? '',
      has_custom_certificate: false,
      pending_update_count: bot.queue.size,
      ...(error ? { last_error_date: Math.floor(error.atMs / 1000), last_error_message: error.message } : {}),
      ...(webhook ? { max_connections: webhook.settings.maxConnections } : {}),
      ...(allowed.length > 0 ? { allowed_updates: [...allowed] as UpdateKind[] } : {}),
    };
  },
} satisfies Methods;

function dropPendingIfAsked({ bot, world }: Call, input: Input<'setWebhook'> | Input<'deleteWebhook'>): void {
  if (input.flag('drop_pending_updates')) bot.queue.confirm(Infinity, world.clock.now());
}

function readUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== 'https:' && parsed?.protocol !== 'http:') throw badRequest('invalid webhook URL specified');
  return url;
}

function readSecret(input: Input<'setWebhook'>): string {
  const secret = input.text('secret_token') ?? '';
  if (secret.length > SECRET_MAX) throw badRequest('secret token is too long');
  if (!/^[\w-]*$/.test(secret)) throw badRequest('secret token contains unallowed characters');
  return secret;
}

/** Out of range is brought into it, as the Bot API server does. */
function readMax(input: Input<'setWebhook'>): number {
  return Math.min(Math.max(input.integer('max_connections') ?? CONNECTIONS_DEFAULT, 1), CONNECTIONS_MAX);
}

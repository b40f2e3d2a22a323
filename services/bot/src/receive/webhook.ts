/**
 * Telegram pushes updates. The answer is the acknowledgement: 200 only after every event of the update was accepted by
 * the bus, 503 with Retry-After otherwise, so that Telegram keeps the update and delivers it again. Telegram keeps one
 * message of a chat in flight, so their order is kept by waiting for the answer; a press or a change of members may
 * overtake them.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { Failure, messageOf } from '@chatwarden/contracts';
import type { Logger } from '@chatwarden/daemon';
import Fastify, { type FastifyInstance } from 'fastify';
import type { BotMetrics } from '../metrics.ts';
import type { Update } from '../telegram/telegram-api.ts';
import type { AcceptUpdates } from './accept-updates.ts';

export interface WebhookDeps {
  accept: AcceptUpdates;
  /** What Telegram sends in X-Telegram-Bot-Api-Secret-Token. */
  secret: string;
  log: Logger;
  metrics: BotMetrics;
}

export const WEBHOOK_PATH = '/telegram/webhook';
const SECRET_HEADER = 'x-telegram-bot-api-secret-token';
/** Far above any update; Telegram's own largest are some tens of kilobytes. */
const BODY_MAX_BYTES = 1024 * 1024;
const RETRY_AFTER_SECONDS = 5;

/** The HTTP door; listens on nothing until told to. */
export function createWebhook({ accept, secret, log, metrics }: WebhookDeps): FastifyInstance {
  // What is dangerous goes, and not the update: refused, it would be delivered again for a day.
  const poison = { onProtoPoisoning: 'remove', onConstructorPoisoning: 'remove' } as const;
  const app = Fastify({ logger: false, bodyLimit: BODY_MAX_BYTES, ...poison });
  app.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    metrics.updatesIgnored.inc({ reason: `http${status}` });
    // What cannot be read will not be readable the next time either, but Telegram alone may drop its updates.
    void reply.status(status).send({ error: messageOf(error) });
  });
  app.post(WEBHOOK_PATH, async (request, reply) => {
    if (!isSecret(request.headers[SECRET_HEADER], secret)) {
      return reply.status(401).send({ error: `wrong or missing ${SECRET_HEADER}` });
    }
    const update = request.body;
    if (!isUpdate(update)) return reply.status(400).send({ error: 'not an update: update_id is missing' });
    try {
      await accept([update]);
      return reply.status(200).send({});
    } catch (error) {
      log.warn({ err: error, updateId: update.update_id }, 'an update is left to Telegram, which delivers it again');
      return reply
        .status(503)
        .header('retry-after', RETRY_AFTER_SECONDS)
        .send({ error: codeOrUnknown(error) });
    }
  });
  return app;
}

/** Digests have one length whatever was sent, so the comparison takes the same time for any guess. */
function isSecret(given: string | string[] | undefined, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(secret));
}

function isUpdate(body: unknown): body is Update {
  return typeof body === 'object' && body !== null && Number.isInteger((body as { update_id?: unknown }).update_id);
}

function codeOrUnknown(error: unknown): string {
  return error instanceof Failure ? error.code : 'unexpected';
}

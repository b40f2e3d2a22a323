/** The Bot API over HTTP: `/bot<token>/<method>`, GET and POST, parameters as query, JSON, form or multipart. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SendLimit } from '../flood.ts';
import type { Webhooks } from '../webhook/webhooks.ts';
import type { ApiCall } from '../world/record.ts';
import type { Bot, World } from '../world/world.ts';
import type { Call } from './call.ts';
import { ApiError, badRequest, notFound, unauthorized } from './errors.ts';
import { findMethod } from './methods.ts';
import { isObject, readInput } from './parameters.ts';
import type { Polls } from './polls.ts';

export interface BotApiDeps {
  world: World;
  sendLimit: SendLimit;
  polls: Polls;
  webhooks: Webhooks;
}

type BotRequest = FastifyRequest<{ Params: { token: string; method: string } }>;

export function serveBotApi(app: FastifyInstance, deps: BotApiDeps): void {
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    if (error instanceof ApiError) return reply.code(error.statusCode).send(error.toAnswer());
    const code = error.statusCode ?? 500;
    const told = code < 500 ? badRequest(error.message) : new ApiError(500, 'Internal Server Error');
    if (told.statusCode === 500) request.log.error(error);
    return reply.code(told.statusCode).send(told.toAnswer());
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(notFound().toAnswer()));
  app.route({
    method: ['GET', 'POST'],
    url: '/bot:token/:method',
    handler: async (request: BotRequest, reply) => ({ ok: true, result: await answer(deps, request, reply) }),
  });
}

async function answer(deps: BotApiDeps, request: BotRequest, reply: FastifyReply): Promise<unknown> {
  const bot = deps.world.bots.get(request.params.token);
  if (!bot) throw unauthorized();
  const body = isObject(request.body) ? request.body : {};
  const params = { ...(request.query as Record<string, unknown>), ...body };
  const onDisconnect = (listener: () => void) => void reply.raw.once('close', listener);
  return callMethod({ ...deps, bot, onDisconnect }, request.params.method, params);
}

/** Runs a method by its name, however it was asked for. */
export async function callMethod(call: Call, name: string, params: Record<string, unknown>): Promise<unknown> {
  const method = findMethod(name);
  if (!method) throw notFound('method not found');
  const { world, bot } = call;
  return recorded(world, { bot, method: method.name, params }, () => method.handler(call, readInput(params)));
}

/** Runs a call and writes down what came of it. */
async function recorded(
  { clock, record }: World,
  { bot, method, params }: { bot: Bot; method: string; params: Record<string, unknown> },
  run: () => unknown,
): Promise<unknown> {
  const entry: ApiCall = { startedAtMs: clock.now(), botId: bot.user.id, method, params };
  record.apiCalls.push(entry);
  try {
    const result = await run();
    // Whole answers of getUpdates would keep every update alive for as long as the record.
    const answer = method === 'getUpdates' && Array.isArray(result) ? result.length : result;
    Object.assign(entry, { endedAtMs: clock.now(), ok: true, answer });
    return result;
  } catch (error) {
    const answer = error instanceof Error ? error.message : String(error);
    Object.assign(entry, { endedAtMs: clock.now(), ok: false, answer });
    throw error;
  }
}

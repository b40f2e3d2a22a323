/** The Bot API over HTTP: `/bot<token>/<method>`, GET and POST, parameters as query, JSON, form or multipart. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { carryOut, cut } from '../faults/carry-out.ts';
import type { FaultSource } from '../faults/faults.ts';
import type { SendLimit } from '../flood.ts';
import type { Webhooks } from '../webhook/webhooks.ts';
import type { ApiCall } from '../world/record.ts';
import type { World } from '../world/world.ts';
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
  faults: FaultSource;
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
    handler: async (request: BotRequest, reply) => {
      const result = await answer(deps, request, reply);
      // A fault may have taken the reply over.
      return result === reply ? reply : { ok: true, result };
    },
  });
}

async function answer(deps: BotApiDeps, request: BotRequest, reply: FastifyReply): Promise<unknown> {
  const { world, faults } = deps;
  const { token } = request.params;
  const bot = world.bots.get(token);
  const method = findMethod(request.params.method);
  if (faults.down && !(bot && method)) return cut(reply);
  if (!bot) throw unauthorized();
  if (!method) throw notFound('method not found');
  const body = isObject(request.body) ? request.body : {};
  const params = { ...(request.query as Record<string, unknown>), ...body };
  const onDisconnect = (listener: () => void) => void reply.raw.once('close', listener);
  const call: Call = { ...deps, bot, onDisconnect };
  const entry = begin(call, method.name, params);
  const run = () => completed(world, entry, () => method.handler(call, readInput(params)));
  return carryOut({ faults, world }, { token, entry, reply, run });
}

/** Runs a method by its name, asked for in the answer to a webhook: nothing goes wrong on that way. */
export async function callMethod(call: Call, name: string, params: Record<string, unknown>): Promise<unknown> {
  const method = findMethod(name);
  if (!method) throw notFound('method not found');
  const entry = begin(call, method.name, params);
  return completed(call.world, entry, () => method.handler(call, readInput(params)));
}

function begin({ world, bot }: Call, method: string, params: Record<string, unknown>): ApiCall {
  const entry: ApiCall = { startedAtMs: world.clock.now(), botId: bot.user.id, method, params };
  world.record.apiCalls.push(entry);
  return entry;
}

/** Runs a call and writes down what came of it. */
async function completed({ clock }: World, entry: ApiCall, run: () => unknown): Promise<unknown> {
  try {
    const result = await run();
    // Whole answers of getUpdates would keep every update alive for as long as the record.
    const told = entry.method === 'getUpdates' && Array.isArray(result) ? result.length : result;
    Object.assign(entry, { endedAtMs: clock.now(), ok: true, answer: told });
    return result;
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    Object.assign(entry, { endedAtMs: clock.now(), ok: false, answer: told });
    throw error;
  }
}

/**
 * Requests to an API server. Each one waits for its turn by QPS, has a time limit, and is repeated here only where that
 * is always right: the server asks for it (429, or 5xx with Retry-After), the credentials were old (401, once), or a kept
 * connection was closed under it. Everything else is a KubeError, and the caller decides.
 */
import type { IncomingMessage } from 'node:http';
import { messageOf, type Clock } from '@chatwarden/contracts';
import { KubeError, toKubeError } from '../kube-error.ts';
import { createAttempt, explain, nameOf, type Attempt, type KubeRequest, type RequesterOptions } from './attempt.ts';
import { createRestMetrics } from './rest-metrics.ts';
import { readText, StaleConnection } from './send.ts';

export interface Requester {
  /** The answer parsed. Rejects with a KubeError; with the signal's reason when that aborts. */
  json<T>(request: KubeRequest): Promise<T>;
  /** The body of a good answer as it comes. */
  stream(request: KubeRequest): Promise<IncomingMessage>;
  /** The next requests open new connections: one of those that are kept has turned out to be dead. */
  dropIdle(): void;
}

/** Repetitions that a server may ask for, as in client-go; and the longest that we wait for one of them. */
const REPEATS_MAX = 10;
const WAIT_MAX_MS = 60_000;
/** When a 429 does not say how long. */
const WAIT_MS = 1000;

export function createRequester(options: RequesterOptions): Requester {
  const { access, clock } = options;
  const metrics = createRestMetrics(options.registry);
  const attempt = createAttempt(options, metrics);

  async function good(request: KubeRequest): Promise<Attempt> {
    let refused = false;
    let stale = false;
    for (let repeats = 0; ; repeats += 1) {
      const made = await attempt(request).catch((error: unknown) => {
        if (!(error instanceof StaleConnection)) throw error;
        if (stale || request.method === 'POST') throw explain(error, request, { access });
        return undefined;
      });
      if (!made) {
        stale = true;
        access.dropIdle();
        continue;
      }
      const status = made.reply.statusCode ?? 0;
      if (status >= 200 && status < 300) return made;
      const error = await toError(made, request);
      const waitMs = repeats < REPEATS_MAX ? waitBefore(error) : undefined;
      if (status === 401 && !refused) {
        refused = true;
        await access.refused(made.credentials);
      } else if (waitMs === undefined) throw error;
      else await clock.sleep(waitMs, request.signal);
      metrics.retries.inc({ code: `${status}`, verb: request.method, host: access.server.host });
    }
  }

  async function toError({ reply, deadline }: Attempt, request: KubeRequest): Promise<KubeError> {
    const body = await readText(reply).catch(() => '');
    deadline.release();
    const retryAfterMs = retryAfterOf(reply.headers['retry-after'], clock);
    return toKubeError({ status: reply.statusCode ?? 0, body: parsed(body), asked: nameOf(request), retryAfterMs });
  }

  async function json<T>(request: KubeRequest): Promise<T> {
    const { reply, deadline } = await good(request);
    try {
      return parseBody<T>(await readText(reply), request);
    } catch (error) {
      throw explain(error, request, { deadline, access });
    } finally {
      deadline.release();
    }
  }

  async function stream(request: KubeRequest): Promise<IncomingMessage> {
    const { reply, deadline } = await good(request);
    deadline.lift();
    reply.once('close', () => deadline.release());
    return reply;
  }

  return { json, stream, dropIdle: access.dropIdle };
}

/** Undefined: the server does not ask for a repetition, or for one that is too far away. */
function waitBefore({ status, retryAfterMs }: KubeError): number | undefined {
  const waitMs = status === 429 ? (retryAfterMs ?? WAIT_MS) : retryAfterMs;
  const asked = status === 429 || status >= 500;
  return asked && waitMs !== undefined && waitMs <= WAIT_MAX_MS ? waitMs : undefined;
}

/** Seconds or a date: RFC 9110, 10.2.3. */
function retryAfterOf(header: string | undefined, clock: Clock): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - clock.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function parseBody<T>(text: string, request: KubeRequest): T {
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    const message = `${nameOf(request)}: the answer is no JSON: ${messageOf(error)}`;
    throw new KubeError({ status: 0, reason: 'BadAnswer', message, cause: error });
  }
}

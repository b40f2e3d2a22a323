/** One try of a request: its turn by QPS, its time limit, its credentials, and what is measured of it. */
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import { messageOf, type Clock } from '@chatwarden/contracts';
import type { Registry } from 'prom-client';
import { KubeError } from '../kube-error.ts';
import type { Access, Credentials } from './access.ts';
import { limitConnecting } from './connecting.ts';
import { startDeadline, type Deadline } from './deadline.ts';
import type { RestMetrics } from './rest-metrics.ts';
import { send, StaleConnection } from './send.ts';
import { createTokenBucket } from './token-bucket.ts';

export interface KubeRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** From the root of the API: `/api/v1/pods`. */
  path: string;
  query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Sent as JSON. */
  body?: unknown;
  contentType?: string;
  /** Of each try: to the end of the answer, for a stream to its head. */
  timeoutMs?: number;
  /** Does not wait for QPS: for what must not be late behind other requests, such as a lease. */
  urgent?: boolean;
  signal?: AbortSignal;
}

export interface RequesterOptions {
  access: Access;
  clock: Clock;
  qps: number;
  burst: number;
  userAgent: string;
  timeoutMs: number;
  headers: OutgoingHttpHeaders;
  registry: Registry | undefined;
}

export interface Attempt {
  reply: IncomingMessage;
  credentials: Credentials;
  deadline: Deadline;
}

const NO_ANSWER = '<error>';

/** Rejects with a StaleConnection, which the caller may try again, else as `explain` says. */
export function createAttempt(
  options: RequesterOptions,
  metrics: RestMetrics,
): (request: KubeRequest) => Promise<Attempt> {
  const { access, clock } = options;
  const { host } = access.server;
  const bucket = createTokenBucket(options);

  return async function attempt(request) {
    const { method: verb, signal, timeoutMs = options.timeoutMs } = request;
    const waitedMs = request.urgent ? 0 : await bucket.take(signal);
    metrics.limiterSeconds.observe({ verb, host }, waitedMs / 1000);
    signal?.throwIfAborted();
    const deadline = startDeadline({ clock, ms: timeoutMs, signal });
    const startedAt = clock.now();
    try {
      const credentials = await access.credentials();
      const reply = await send(toSending(options, request, { credentials, deadline }));
      metrics.requests.inc({ code: `${reply.statusCode}`, method: verb, host });
      metrics.seconds.observe({ verb, host }, (clock.now() - startedAt) / 1000);
      return { reply, credentials, deadline };
    } catch (error) {
      deadline.release();
      metrics.requests.inc({ code: NO_ANSWER, method: verb, host });
      if (error instanceof StaleConnection) throw error;
      throw explain(error, request, { deadline, access });
    }
  };
}

export const nameOf = ({ method, path }: KubeRequest) => `${method} ${path}`;

/** After a time-out, the other connections to that server are probably as dead. */
export function explain(
  error: unknown,
  request: KubeRequest,
  { access, deadline }: { access: Access; deadline?: Deadline },
): unknown {
  if (request.signal?.aborted) return request.signal.reason;
  if (error instanceof KubeError) return error;
  const late = deadline?.isOver() ?? false;
  if (late) access.dropIdle();
  return new KubeError({
    status: 0,
    reason: late ? 'Timeout' : 'Unreachable',
    message: `${nameOf(request)}: ${late ? 'no answer in time' : messageOf(error)}`,
    cause: error,
  });
}

function toSending(
  { access, userAgent, headers, clock }: RequesterOptions,
  request: KubeRequest,
  { credentials, deadline }: { credentials: Credentials; deadline: Deadline },
) {
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  return {
    url: toUrl(access.server, request),
    body,
    onSocket: (socket: Socket) => limitConnecting(socket, deadline, clock),
    options: {
      ...credentials.options,
      method: request.method,
      signal: deadline.signal,
      headers: {
        ...(credentials.options.headers as OutgoingHttpHeaders),
        ...headers,
        accept: 'application/json',
        'user-agent': userAgent,
        ...(body === undefined
          ? {}
          : {
              'content-type': request.contentType ?? 'application/json',
              'content-length': Buffer.byteLength(body),
            }),
      },
    },
  };
}

/** A server may stand below a path of its own, behind a gateway. */
function toUrl(server: URL, { path, query = {} }: KubeRequest): URL {
  const url = new URL(`${server.pathname.replace(/\/$/, '')}${path}`, server);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') url.searchParams.set(name, String(value));
  }
  return url;
}

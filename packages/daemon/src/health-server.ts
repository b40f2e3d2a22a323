/**
 * What orchestrators and Prometheus ask. Live means: the event loop answers. Ready means: every condition holds; a
 * process whose dependency is away is not ready and says why, but is live, since a restart would not mend it.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf } from '@chatwarden/contracts';
import type { Metrics } from './metrics.ts';

export interface Condition {
  name: string;
  ok: boolean;
  /** Why not, for a person. */
  reason?: string;
  /** What else a person may want to know while it holds. */
  note?: string;
}
/** Ready when all are ok. */
export type Readiness = readonly Condition[];

export interface HealthServerOptions {
  /** 0 is any free port. */
  port: number;
  host: string;
  metrics: Metrics;
  /** A rejection counts as not ready. */
  ready(): Promise<Readiness> | Readiness;
}

export interface HealthServer {
  port: number;
  close(): Promise<void>;
}

interface Answer {
  status: number;
  type: string;
  body: string;
}

const TEXT = 'text/plain; charset=utf-8';
const NOT_FOUND: Answer = { status: 404, type: TEXT, body: 'not found\n' };

/** Rejects with Node's own error when the port cannot be had: see `listenOrExplain`. */
export async function startHealthServer(options: HealthServerOptions): Promise<HealthServer> {
  const { registry } = options.metrics;
  const routes: Readonly<Record<string, () => Answer | Promise<Answer>>> = {
    '/livez': () => ({ status: 200, type: TEXT, body: 'ok\n' }),
    '/readyz': () => readyz(options.ready),
    '/metrics': async () => ({ status: 200, type: registry.contentType, body: await registry.metrics() }),
  };
  const server = createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    const route = request.method === 'GET' ? routes[path] : undefined;
    void answer(route ?? (() => NOT_FOUND)).then(({ status, type, body }) => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    });
  });
  server.listen(options.port, options.host);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

async function answer(route: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await route();
  } catch (error) {
    return { status: 500, type: TEXT, body: `${messageOf(error)}\n` };
  }
}

async function readyz(ready: HealthServerOptions['ready']): Promise<Answer> {
  const conditions = await askReadiness(ready);
  const isReady = conditions.every((condition) => condition.ok);
  return {
    status: isReady ? 200 : 503,
    type: 'application/json',
    body: `${JSON.stringify({ ready: isReady, conditions })}\n`,
  };
}

async function askReadiness(ready: HealthServerOptions['ready']): Promise<Readiness> {
  try {
    return await ready();
  } catch (error) {
    return [{ name: 'readiness', ok: false, reason: messageOf(error) }];
  }
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

/** /livez says that the process runs, /readyz whether it does its work and what it waits for, /metrics the numbers. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf } from '@chatwarden/contracts';
import type { Metrics } from './metrics.ts';

export interface Condition {
  name: string;
  ok: boolean;
  reason?: string;
}

export interface HealthServerOptions {
  port: number;
  host: string;
  metrics: Metrics;
  ready: () => Promise<Condition[]> | Condition[];
}

export interface HealthServer {
  port: number;
  close(): Promise<void>;
}

export async function startHealthServer({ port, host, metrics, ready }: HealthServerOptions): Promise<HealthServer> {
  const routes: Record<string, (response: ServerResponse) => Promise<void>> = {
    '/livez': (response) => Promise.resolve(json(response, 200, { status: 'alive' })),
    '/readyz': async (response) => {
      const conditions = await ready();
      const ok = conditions.every((condition) => condition.ok);
      json(response, ok ? 200 : 503, { status: ok ? 'ready' : 'not ready', conditions });
    },
    '/metrics': async (response) => {
      response.writeHead(200, { 'content-type': metrics.registry.contentType });
      response.end(await metrics.registry.metrics());
    },
  };
  const server = createServer((request, response) => {
    const route = routes[request.url?.split('?')[0] ?? ''];
    if (!route) return json(response, 404, { error: 'try /livez, /readyz or /metrics' });
    route(response).catch((error: unknown) => json(response, 500, { error: messageOf(error) }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port: (server.address() as AddressInfo).port, close };
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** An API server that answers as a test says, for what a real one does only on bad days. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '@chatwarden/contracts';
import { manualClock } from '@chatwarden/testkit';
import { onTestFinished } from 'vitest';
import { createKubeClient, type KubeClient, type KubeClientOptions, type KubeLog } from '../src/index.ts';

export interface Asked {
  method: string;
  /** With the query. */
  url: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** What to answer with, or a function that answers itself, or not at all. */
export type Script = Answer | ((response: ServerResponse, asked: Asked) => void);

export interface FakeApi {
  url: string;
  asked: Asked[];
  /** In the order of requests; the last one goes for all that follow. */
  script(...answers: Script[]): void;
  /** Resolves when so many requests have come. */
  until(requests: number): Promise<void>;
  client(options?: Partial<KubeClientOptions>): KubeClient;
  /** Connections that were opened so far. */
  connections(): number;
  /** Of all sockets that are open. */
  resetAll(): void;
}

export async function startFakeApi(clock: Clock = manualClock()): Promise<FakeApi> {
  const asked: Asked[] = [];
  let scripts: Script[] = [{}];
  const waiting: { requests: number; resolve: () => void }[] = [];
  const server = createServer((request, response) => void answer(request, response));
  const sockets = new Set<{ resetAndDestroy(): void }>();
  let connections = 0;
  server.on('connection', (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = request;
    const query = new URL(url, 'http://api').searchParams;
    const told: Asked = { method, url, query, headers, body: Buffer.concat(chunks).toString() };
    asked.push(told);
    for (const { requests, resolve } of waiting) if (asked.length >= requests) resolve();
    const script = scripts.length > 1 ? scripts.shift() : scripts[0];
    if (typeof script === 'function') return script(response, told);
    const { status = 200, headers: more = {}, body = {} } = script ?? {};
    response.writeHead(status, { 'content-type': 'application/json', ...more });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  return {
    url,
    asked,
    script: (...answers) => void (scripts = answers),
    until: (requests) =>
      new Promise((resolve) => {
        if (asked.length >= requests) resolve();
        else waiting.push({ requests, resolve });
      }),
    client: (options = {}) => {
      const client = createKubeClient({ access: { kubeconfig: kubeconfigFor(url) }, clock, ...options });
      onTestFinished(() => client.close());
      return client;
    },
    connections: () => connections,
    resetAll: () => sockets.forEach((socket) => socket.resetAndDestroy()),
  };
}

/** JSON is YAML. */
export function kubeconfigFor(server: string, user: object = {}): string {
  return JSON.stringify({
    clusters: [{ name: 'fake', cluster: { server } }],
    users: [{ name: 'somebody', user }],
    contexts: [{ name: 'here', context: { cluster: 'fake', user: 'somebody', namespace: 'home' } }],
    'current-context': 'here',
  });
}

export interface HeardLog extends KubeLog {
  lines: string[];
}

export function heardLog(): HeardLog {
  const lines: string[] = [];
  const keep = (_fields: object, message: string) => void lines.push(message);
  return { lines, info: keep, warn: keep, error: keep };
}

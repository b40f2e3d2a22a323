/**
 * Stands between a client and a real API server, and does what networks and servers do on bad days. Speaks plain http to
 * the client, who shows a token of the proxy's own; asks the server as whoever `kubeconfig` says.
 */
import { once } from 'node:events';
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { openAccess } from '../src/http/access.ts';

export interface FaultyProxy {
  url: string;
  token: string;
  /** From now on only this token counts. */
  setToken(token: string): void;
  /** Resets every connection, in the middle of whatever it carries. */
  reset(): void;
  /** Connections of now carry nothing any more and are never closed; new ones work. `idle`: but for those of watches. */
  freeze(which?: 'all' | 'idle'): void;
  /** Every request fails with 500, and every watch is cut, until the function is called. */
  storm(): () => void;
  /** The next so many watches are refused with 410. */
  forgetWatches(times: number): void;
  /** Every watch of now is told by an event that its place is gone. */
  expireWatches(): void;
  /** Lists take that long from now on, a piece at a time. */
  slowLists(ms: number): void;
  /** Watches that are open. */
  watches(): number;
  close(): Promise<void>;
}

const GONE = { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 410, reason: 'Expired', message: 'too old' };
const PIECES = 10;

interface State {
  token: string;
  storming: boolean;
  forgets: number;
  slowMs: number;
  open: Set<ServerResponse>;
  frozen: WeakSet<object>;
}

export async function startFaultyProxy(kubeconfigFile: string): Promise<FaultyProxy> {
  const access = openAccess({ kubeconfigFile });
  const state: State = {
    token: 'first',
    storming: false,
    forgets: 0,
    slowMs: 0,
    open: new Set(),
    frozen: new WeakSet(),
  };
  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.socket?.resetAndDestroy());
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (state.frozen.has(request.socket)) return;
    const isWatch = request.url?.includes('watch=true') ?? false;
    if (request.headers.authorization !== `Bearer ${state.token}`) return refuse(response, 401, 'Unauthorized');
    if (state.storming) return refuse(response, 500, 'InternalError');
    if (isWatch && state.forgets > 0) {
      state.forgets -= 1;
      return refuse(response, 410, 'Expired');
    }
    const upstream = await forward(request);
    response.writeHead(upstream.statusCode ?? 502, upstream.headers);
    response.flushHeaders();
    response.on('close', () => upstream.destroy());
    if (isWatch) await pipeWatch(upstream, response);
    else await pipeBody(upstream, response);
  }

  async function forward(request: IncomingMessage): Promise<IncomingMessage> {
    const { options } = await access.credentials();
    const { authorization: _, host: __, connection: ___, ...headers } = request.headers;
    const call = (access.server.protocol === 'https:' ? https.request : ask)(
      new URL(request.url ?? '/', access.server),
      {
        ...options,
        method: request.method,
        headers: { ...headers, ...(options.headers as Record<string, string>) },
      },
    );
    request.pipe(call);
    const [upstream] = (await once(call, 'response')) as [IncomingMessage];
    upstream.on('error', () => {});
    return upstream;
  }

  async function pipeWatch(upstream: IncomingMessage, response: ServerResponse): Promise<void> {
    state.open.add(response);
    response.on('close', () => state.open.delete(response));
    const isFrozen = () => response.socket !== null && state.frozen.has(response.socket);
    for await (const chunk of upstream) if (!isFrozen()) response.write(chunk);
    if (!isFrozen()) response.end();
  }

  async function pipeBody(upstream: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of upstream) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const pieceBytes = state.slowMs === 0 ? body.length : Math.ceil(body.length / PIECES);
    for (let from = 0; from < body.length; from += pieceBytes) {
      if (state.slowMs > 0) await sleep(state.slowMs / PIECES);
      response.write(body.subarray(from, from + pieceBytes));
    }
    response.end();
  }

  function reset(): void {
    for (const socket of sockets) socket.resetAndDestroy();
  }

  function freeze(which: 'all' | 'idle' = 'all'): void {
    const watching = new Set([...state.open].map(({ socket }) => socket));
    for (const socket of sockets) if (which === 'all' || !watching.has(socket)) state.frozen.add(socket);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: state.token,
    setToken: (token) => void (state.token = token),
    reset,
    freeze,
    storm: () => {
      state.storming = true;
      reset();
      return () => void (state.storming = false);
    },
    forgetWatches: (times) => {
      state.forgets = times;
      reset();
    },
    expireWatches: () => {
      for (const response of state.open) response.end(`${JSON.stringify({ type: 'ERROR', object: GONE })}\n`);
    },
    slowLists: (ms) => void (state.slowMs = ms),
    watches: () => state.open.size,
    close: async () => {
      reset();
      access.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ ...GONE, code: status, reason, message: reason }));
}

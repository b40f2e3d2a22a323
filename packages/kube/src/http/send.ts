/** One request over node:http(s), as far as the head of the answer. */
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';

export interface Sending {
  url: URL;
  options: https.RequestOptions;
  body: string | undefined;
  /** The connection that it goes over, which may not be open yet. */
  onSocket(socket: Socket): void;
}

/** The server had closed a connection that was kept for a next request; nothing has reached it. */
export class StaleConnection extends Error {}

const CLOSED = new Set(['ECONNRESET', 'EPIPE']);

export function send({ url, options, body, onSocket }: Sending): Promise<IncomingMessage> {
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const call = request(url, options, (reply) => {
      // Whoever reads the body hears of it; an error while nobody does must not end the process.
      reply.on('error', () => {});
      resolve(reply);
    });
    call.on('socket', onSocket);
    call.on('error', (error: NodeJS.ErrnoException) => {
      const stale = call.reusedSocket && CLOSED.has(error.code ?? '');
      reject(stale ? new StaleConnection(error.message, { cause: error }) : error);
    });
    call.end(body);
  });
}

export async function readText(reply: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of reply) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

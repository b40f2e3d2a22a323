/** One request to a bot's webhook. Any 2xx acknowledges; a redirect is not followed, as Telegram follows none. */
import http from 'node:http';
import https from 'node:https';
import type { Update } from '@grammyjs/types';
import type { Clock } from '../clock.ts';

/** How long Telegram waits for an answer (tdlib/telegram-bot-api, WebhookActor::create_connection). */
const ANSWER_WITHIN_MS = 60_000;

export interface Target {
  url: string;
  /** Sent as X-Telegram-Bot-Api-Secret-Token; empty for none. */
  secretToken: string;
}

export type PostResult =
  | { kind: 'acknowledged'; body: Record<string, unknown> }
  | { kind: 'refused'; status: number; error: string; retryAfterS: number }
  | { kind: 'failed'; error: string };

export interface Poster {
  post(target: Target, update: Update, signal: AbortSignal): Promise<PostResult>;
  /** Closes connections that are kept open. */
  close(): void;
}

/** Node's own client: connections are kept open as Telegram keeps them, at less than half the cost of fetch. */
export function createPoster(clock: Clock): Poster {
  const agents = { http: new http.Agent({ keepAlive: true }), https: new https.Agent({ keepAlive: true }) };
  return {
    async post(target, update, signal) {
      const ended = new AbortController();
      const timeout = new AbortController();
      void clock.sleep(ANSWER_WITHIN_MS, AbortSignal.any([signal, ended.signal])).then(() => timeout.abort());
      try {
        const secure = target.url.startsWith('https:');
        const request = secure
          ? https.request(target.url, { ...optionsOf(target), agent: agents.https })
          : http.request(target.url, { ...optionsOf(target), agent: agents.http });
        return await exchange(request, JSON.stringify(update), AbortSignal.any([signal, timeout.signal]));
      } catch (error) {
        return { kind: 'failed', error: timeout.signal.aborted ? 'Read timeout expired' : reasonOf(error) };
      } finally {
        ended.abort();
      }
    },
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

function optionsOf({ secretToken }: Target) {
  const secret = secretToken === '' ? {} : { 'x-telegram-bot-api-secret-token': secretToken };
  return { method: 'POST', headers: { 'content-type': 'application/json', ...secret } };
}

/** Sends the body; resolves with what the whole answer means. */
function exchange(request: http.ClientRequest, body: string, signal: AbortSignal): Promise<PostResult> {
  return new Promise((resolve, reject) => {
    const abort = () => request.destroy();
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    request.on('close', () => signal.removeEventListener('abort', abort));
    request.on('error', reject);
    request.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('error', reject);
      response.on('end', () => resolve(resultOf(response, text)));
    });
    request.end(body);
  });
}

function resultOf({ statusCode: status = 0, statusMessage, headers }: http.IncomingMessage, text: string): PostResult {
  if (status >= 200 && status <= 299) {
    return { kind: 'acknowledged', body: bodyOf(text, headers['content-type'] ?? '') };
  }
  const retryAfterS = Number.parseInt(headers['retry-after'] ?? '', 10) || 0;
  return { kind: 'refused', status, error: `Wrong response from the webhook: ${status} ${statusMessage}`, retryAfterS };
}

/** The fields of an answer that may name a method; whatever cannot be read names none. */
function bodyOf(text: string, type: string): Record<string, unknown> {
  if (type.includes('form-urlencoded')) return Object.fromEntries(new URLSearchParams(text));
  if (!type.includes('json')) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Telegram's words for what Node reports by a code. */
const REASON_OF_CODE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Connection refused',
  ECONNRESET: 'Connection closed',
  ENOTFOUND: 'Failed to resolve host: Name or service not known',
};

function reasonOf(error: unknown): string {
  const { code = '', message = String(error) } = error as { code?: string; message?: string };
  return REASON_OF_CODE[code] ?? message;
}

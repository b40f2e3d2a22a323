/** One request to a bot's webhook. Any 2xx acknowledges; a redirect is not followed, as Telegram follows none. */
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

export type Post = (target: Target, update: Update, signal: AbortSignal) => Promise<PostResult>;

export function createPost(clock: Clock): Post {
  return async (target, update, signal) => {
    const ended = new AbortController();
    const timeout = new AbortController();
    void clock.sleep(ANSWER_WITHIN_MS, AbortSignal.any([signal, ended.signal])).then(() => timeout.abort());
    try {
      return await request(target, update, AbortSignal.any([signal, timeout.signal]));
    } catch (error) {
      return { kind: 'failed', error: timeout.signal.aborted ? 'Read timeout expired' : reasonOf(error) };
    } finally {
      ended.abort();
    }
  };
}

async function request({ url, secretToken }: Target, update: Update, signal: AbortSignal): Promise<PostResult> {
  const secret = secretToken === '' ? {} : { 'x-telegram-bot-api-secret-token': secretToken };
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...secret },
    body: JSON.stringify(update),
    redirect: 'manual',
    signal,
  });
  const text = await response.text();
  if (response.ok) return { kind: 'acknowledged', body: bodyOf(text, response.headers.get('content-type') ?? '') };
  const { status, statusText } = response;
  const retryAfterS = Number.parseInt(response.headers.get('retry-after') ?? '', 10) || 0;
  return { kind: 'refused', status, error: `Wrong response from the webhook: ${status} ${statusText}`, retryAfterS };
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

/** Telegram's words for what fetch reports by a code. */
const REASON_OF_CODE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Connection refused',
  ECONNRESET: 'Connection reset by peer',
  ENOTFOUND: 'Failed to resolve host: Name or service not known',
  UND_ERR_SOCKET: 'Connection closed',
};

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause as { code?: string; message?: string } | undefined) : undefined;
  return REASON_OF_CODE[cause?.code ?? ''] ?? cause?.message ?? String(error);
}

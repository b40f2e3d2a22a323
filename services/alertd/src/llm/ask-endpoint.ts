/**
 * One call of an OpenAI-compatible endpoint: POST <url>/chat/completions. Says what became of it and never throws but
 * for a stop. As little as possible is asked for, since endpoints differ in what they take: a response format is tried
 * from the strictest to none, and the first that is taken is kept.
 */
import { messageOf, type Clock } from '@chatwarden/contracts';
import type { EndpointAnswer } from './endpoint-answer.ts';
import { ANSWER_SCHEMA, type ChatMessage } from './prompt.ts';
import { readCompletion, readBounded } from './read-completion.ts';

export interface EndpointSettings {
  /** Such as https://llm.example/v1. */
  url: string;
  model: string;
  apiKey?: string;
  timeoutMs: number;
}

export type AskEndpoint = (messages: readonly ChatMessage[], signal: AbortSignal) => Promise<EndpointAnswer>;

const FORMATS = [
  { response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema: ANSWER_SCHEMA } } },
  { response_format: { type: 'json_object' } },
  {},
] as const;

/** Of errors in OpenAI's form: `content_filter`, `content_policy_violation`. */
const FILTERED = /content_(?:filter|policy|management)/;

const BUSY_MS = 30_000;
const BUSY_MAX_MS = 3_600_000;

export function createAskEndpoint(settings: EndpointSettings, clock: Clock): AskEndpoint {
  const address = addressOf(settings.url);
  let first = 0;

  async function post(body: object, signal: AbortSignal): Promise<Response> {
    return fetch(address, {
      method: 'POST',
      // A redirect would carry messages and key to where nobody said they may go.
      redirect: 'error',
      headers: {
        'content-type': 'application/json',
        ...(settings.apiKey === undefined ? {} : { authorization: `Bearer ${settings.apiKey}` }),
      },
      body: JSON.stringify(body),
      signal,
    });
  }

  async function askInSomeFormat(messages: readonly ChatMessage[], signal: AbortSignal): Promise<EndpointAnswer> {
    let answer: EndpointAnswer = { result: 'rejected', why: 'no format was tried' };
    for (let at = first; at < FORMATS.length; at += 1) {
      answer = await read(await post({ model: settings.model, messages, ...FORMATS[at] }, signal), clock);
      if (answer.result === 'content') first = at;
      if (answer.result !== 'rejected') return answer;
    }
    return answer;
  }

  return async (messages, signal) => {
    const timeout = new AbortController();
    const done = new AbortController();
    void clock.sleep(settings.timeoutMs, done.signal).then(() => timeout.abort());
    try {
      return await askInSomeFormat(messages, AbortSignal.any([signal, timeout.signal]));
    } catch (error) {
      signal.throwIfAborted();
      if (timeout.signal.aborted) return { result: 'away', why: `no answer within ${settings.timeoutMs} ms` };
      return { result: 'away', why: causeOf(error) };
    } finally {
      done.abort();
    }
  };
}

function addressOf(url: string): string {
  const base = url.replace(/\/$/, '');
  return base.endsWith('/chat/completions') ? base : `${base}/chat/completions`;
}

async function read(response: Response, clock: Clock): Promise<EndpointAnswer> {
  const { status } = response;
  const body = await readBounded(response);
  if (response.ok) return body === null ? { result: 'garbage', why: 'a very long answer' } : readCompletion(body);
  const why = `status ${status}`;
  switch (status) {
    case 400:
      // A filter is about this message alone; no other format helps, and the endpoint is well.
      if (FILTERED.test(body ?? '')) return { result: 'garbage', why: `${why}, for its content` };
      return { result: 'rejected', why };
    case 413:
    case 422:
      return { result: 'rejected', why };
    case 401:
    case 402:
    case 403:
    case 404:
      return { result: 'refused', status, why };
    case 429:
      return { result: 'busy', waitMs: pauseOf(response.headers.get('retry-after'), clock) };
    default:
      return { result: 'away', why };
  }
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function pauseOf(header: string | null, clock: Clock): number {
  if (header === null) return BUSY_MS;
  const seconds = Number(header);
  const waitMs = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - clock.now();
  return Number.isFinite(waitMs) && waitMs > 0 ? Math.min(waitMs, BUSY_MAX_MS) : BUSY_MS;
}

/** `fetch failed` says nothing; what it was caused by does. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const { code } = cause as { code?: unknown };
  const message = messageOf(cause);
  return message === '' && typeof code === 'string' ? code : message;
}

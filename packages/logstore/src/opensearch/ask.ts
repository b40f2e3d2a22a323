/** One question to OpenSearch in JSON, and what its refusals mean. */
import { Failure } from '@chatwarden/contracts';
import type { Answer, Connection, Request } from './connection.ts';

export interface Question {
  method: Request['method'];
  path: string;
  body?: object;
  /** Besides 2xx: statuses that are an answer and not a failure. */
  expected?: readonly number[];
}

export interface JsonAnswer {
  status: number;
  body: unknown;
}

/** Failure: `opensearchAway` and `opensearchForbidden` (later), `opensearchRefused` (never), with OpenSearch's reason. */
export type Ask = (question: Question) => Promise<JsonAnswer>;

export function createAsk(connection: Pick<Connection, 'request'>): Ask {
  return async ({ method, path, body, expected = [] }) => {
    const answer = await connection.request({
      method,
      path,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const isGood = (answer.status >= 200 && answer.status < 300) || expected.includes(answer.status);
    if (!isGood) throw toFailure(answer, `${method} ${path.split('?')[0]}`);
    return { status: answer.status, body: parse(answer) };
  };
}

function parse({ status, text }: Answer): unknown {
  try {
    return text === '' ? {} : (JSON.parse(text) as unknown);
  } catch {
    if (status >= 300) return {};
    throw new Failure('opensearchAway', 'later', { message: 'OpenSearch gave an answer that cannot be read' });
  }
}

function toFailure({ status, text }: Answer, question: string): Failure {
  const message = `${question}: ${status} ${text.slice(0, 500)}`;
  if (status === 401 || status === 403) return new Failure('opensearchForbidden', 'later', { message });
  if (status === 429 || status >= 500) return new Failure('opensearchAway', 'later', { message });
  return new Failure('opensearchRefused', 'never', { message });
}

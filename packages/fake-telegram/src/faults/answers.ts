/** What a caller reads when the fault is an answer. */
import type { Denial } from './rule.ts';

type AnswerFault = Extract<Denial, { kind: 'tooManyRequests' | 'serverError' | 'error' }>;

export interface FaultAnswer {
  code: number;
  headers: Record<string, string>;
  body: string;
}

/** As the Bot API words them, and as nginx does, which stands in front of it. */
const SERVER_ERRORS = {
  500: { json: 'Internal Server Error', html: '500 Internal Server Error' },
  502: { json: 'Bad Gateway', html: '502 Bad Gateway' },
  503: { json: 'Service Unavailable', html: '503 Service Temporarily Unavailable' },
  504: { json: 'Gateway Timeout', html: '504 Gateway Time-out' },
} as const;

export function toAnswer(fault: AnswerFault): FaultAnswer {
  switch (fault.kind) {
    case 'tooManyRequests': {
      const { retryAfterS } = fault;
      return json(429, `Too Many Requests: retry after ${retryAfterS}`, { retry_after: retryAfterS });
    }
    case 'serverError':
      return fault.body === 'html' ? html(fault.code) : json(fault.code, SERVER_ERRORS[fault.code].json);
    case 'error':
      return json(fault.code, fault.description, fault.parameters);
  }
}

function json(code: number, description: string, parameters?: { retry_after?: number }): FaultAnswer {
  const retryAfterS = parameters?.retry_after;
  return {
    code,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      // The Bot API server sends the header too (telegram-bot-api, HttpConnection::send_response).
      ...(retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) }),
    },
    body: JSON.stringify({ ok: false, error_code: code, description, ...(parameters ? { parameters } : {}) }),
  };
}

function html(code: keyof typeof SERVER_ERRORS): FaultAnswer {
  const title = SERVER_ERRORS[code].html;
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
  return { code, headers: { 'content-type': 'text/html' }, body };
}

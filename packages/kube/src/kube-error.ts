/** What the API server answers when it does not do as asked, and what we say when it does not answer. */
import { Failure, type RetryClass } from '@chatwarden/contracts';

/** One of `details.causes` of a Status. For a conflict of server-side apply: who has which field. */
export interface KubeErrorCause {
  reason: string;
  message: string;
  /** Such as `.spec.replicas`. */
  field?: string;
}

export interface KubeErrorFacts {
  /** Of HTTP; 0 when there was no answer. */
  status: number;
  /** Such as `Conflict` or `NotFound`; ours are `Unreachable`, `Timeout`, `BadAnswer`, and of a watch `Inactive` and `ShortWatch`. */
  reason: string;
  message: string;
  causes?: readonly KubeErrorCause[];
  /** What the server asked for. */
  retryAfterMs?: number;
  cause?: unknown;
}

export class KubeError extends Failure {
  readonly status: number;
  readonly reason: string;
  readonly causes: readonly KubeErrorCause[];
  readonly retryAfterMs: number | undefined;

  constructor(facts: KubeErrorFacts) {
    super(facts.reason, retryOf(facts.status), { message: facts.message, cause: facts.cause });
    this.name = 'KubeError';
    this.status = facts.status;
    this.reason = facts.reason;
    this.causes = facts.causes ?? [];
    this.retryAfterMs = facts.retryAfterMs;
  }
}

/** What the object itself is wrong about stays wrong; everything else may pass: rights are granted, kinds installed. */
const NEVER = new Set([400, 405, 406, 413, 415, 422]);
/** The world has moved on: read again, then write again. */
const NOW = new Set([409, 410]);

function retryOf(status: number): RetryClass {
  if (NEVER.has(status)) return 'never';
  return NOW.has(status) ? 'now' : 'later';
}

export function isKubeError(error: unknown, ...reasons: readonly string[]): error is KubeError {
  return error instanceof KubeError && (reasons.length === 0 || reasons.includes(error.reason));
}

/** The server does not have what we read from any more: a list's page, or the place where a watch began. */
export function isGone(error: unknown): boolean {
  return error instanceof KubeError && (error.status === 410 || error.reason === 'Expired' || error.reason === 'Gone');
}

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
export interface Status {
  kind: 'Status';
  code?: number;
  reason?: string;
  message?: string;
  details?: { retryAfterSeconds?: number; causes?: { reason?: string; message?: string; field?: string }[] };
}

export function isStatus(body: unknown): body is Status {
  return typeof body === 'object' && body !== null && (body as { kind?: unknown }).kind === 'Status';
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  410: 'Gone',
  429: 'TooManyRequests',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

/** How much of a body that is no Status a person gets to see: a proxy may answer with a whole page. */
const QUOTE_CHARACTERS = 200;

export interface BadAnswer {
  status: number;
  /** Parsed, or text when it is no JSON. */
  body: unknown;
  /** `GET /api/v1/pods`, for the message. */
  asked: string;
  retryAfterMs?: number | undefined;
}

export function toKubeError({ status, body, asked, retryAfterMs }: BadAnswer): KubeError {
  const told = isStatus(body) ? body : undefined;
  const said = told?.message ?? (typeof body === 'string' ? body.slice(0, QUOTE_CHARACTERS) : '');
  const waitMs = retryAfterMs ?? secondsToMs(told?.details?.retryAfterSeconds);
  return new KubeError({
    status,
    reason: told?.reason || (REASONS[status] ?? `Status${status}`),
    message: `${asked}: ${said || `status ${status}`}`,
    causes: (told?.details?.causes ?? []).map(({ reason = '', message = '', field }) => ({
      reason,
      message,
      ...(field === undefined ? {} : { field }),
    })),
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
  });
}

function secondsToMs(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}

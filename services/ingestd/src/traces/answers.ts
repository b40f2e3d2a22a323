/**
 * Answers of OTLP/HTTP, in the encoding of the request. Only 429 and 503 ask the sender to try again; any other failure
 * means that the same request would fail again.
 * Source: https://opentelemetry.io/docs/specs/otlp/#otlphttp-response
 */
import type { Encoding } from './decode-request.ts';
import { ExportTraceServiceResponse, RpcStatus } from './otlp-proto.ts';

export interface Answer {
  status: number;
  type: string;
  body: Buffer;
  retryAfterSeconds?: number;
}

/** google.rpc.Code by HTTP status. Source: https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto */
const RPC_CODES: Readonly<Record<number, number>> = { 400: 3, 401: 16, 403: 7, 413: 8, 415: 3, 429: 8, 503: 14 };
const RPC_UNKNOWN = 2;

const TYPES = { protobuf: 'application/x-protobuf', json: 'application/json' } as const;

/** `rejected` spans were refused for good; the others are kept. */
export function success(encoding: Encoding, { rejected, reason }: { rejected: number; reason?: string }): Answer {
  const partialSuccess = { rejectedSpans: rejected, errorMessage: reason ?? '' };
  const message = rejected === 0 ? {} : { partialSuccess };
  const json = rejected === 0 ? {} : { partialSuccess: { ...partialSuccess, rejectedSpans: String(rejected) } };
  const bytes = () => ExportTraceServiceResponse.encode(message).finish();
  return { status: 200, ...encoded(encoding, json, bytes) };
}

export function failure(encoding: Encoding, status: number, message: string): Answer {
  const rpcStatus = { code: RPC_CODES[status] ?? RPC_UNKNOWN, message };
  return { status, ...encoded(encoding, rpcStatus, () => RpcStatus.encode(rpcStatus).finish()) };
}

function encoded(encoding: Encoding, json: object, bytes: () => Uint8Array): Pick<Answer, 'type' | 'body'> {
  const body = encoding === 'json' ? Buffer.from(JSON.stringify(json)) : Buffer.from(bytes());
  return { type: TYPES[encoding], body };
}

/** Of the request's content type; null for one that OTLP does not know. */
export function encodingOf(contentType: string | undefined): Encoding | null {
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  if (type === TYPES.protobuf) return 'protobuf';
  return type === TYPES.json ? 'json' : null;
}

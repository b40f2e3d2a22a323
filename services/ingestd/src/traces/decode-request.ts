/** An export request in either encoding, as spans with their source. A span that cannot be read costs no other. */
import { messageOf } from '@chatwarden/contracts';
import type { SpanDocument } from '@chatwarden/logstore';
import { ExportTraceServiceRequest, Span } from './otlp-proto.ts';
import { fieldsOf, listOf } from './read-value.ts';
import { toSource, toSpanDocument } from './to-span-document.ts';

export type Encoding = 'protobuf' | 'json';

export interface DecodedRequest {
  spans: SpanDocument[];
  rejected: number;
  /** Why the first one was, for a person. */
  reason?: string;
}

/** Throws, with a message for the sender, when the request as a whole cannot be read. */
export function decodeRequest(body: Uint8Array, encoding: Encoding): DecodedRequest {
  const decoded: DecodedRequest = { spans: [], rejected: 0 };
  for (const resourceSpans of readRequest(body, encoding)) {
    const { resource, scopeSpans } = fieldsOf(resourceSpans);
    for (const scoped of listOf(scopeSpans)) {
      const { scope, spans } = fieldsOf(scoped);
      const source = toSource(resource, scope);
      for (const raw of listOf(spans)) take(decoded, () => toSpanDocument(readSpan(raw), source));
    }
  }
  return decoded;
}

function take(decoded: DecodedRequest, read: () => ReturnType<typeof toSpanDocument>): void {
  let reading: ReturnType<typeof toSpanDocument>;
  try {
    reading = read();
  } catch (error) {
    reading = { rejected: `a span cannot be read: ${messageOf(error)}` };
  }
  if ('span' in reading) decoded.spans.push(reading.span);
  else reject(decoded, reading.rejected);
}

export function reject(decoded: DecodedRequest, reason: string): void {
  decoded.rejected += 1;
  decoded.reason ??= reason;
}

function readRequest(body: Uint8Array, encoding: Encoding): readonly unknown[] {
  if (encoding === 'protobuf') return listOf(fieldsOf(ExportTraceServiceRequest.decode(body))['resourceSpans']);
  const request: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
  if (typeof request !== 'object' || request === null || Array.isArray(request)) {
    throw new TypeError('expected an object with resourceSpans');
  }
  return listOf(fieldsOf(request)['resourceSpans']);
}

function readSpan(raw: unknown): unknown {
  return raw instanceof Uint8Array ? Span.decode(raw) : raw;
}

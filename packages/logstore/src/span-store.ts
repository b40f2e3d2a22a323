/**
 * The SpanStore port: spans as OpenSearch Trace Analytics reads them, index `otel-v1-apm-span-*`.
 * Source: the schema of Data Prepper, https://github.com/opensearch-project/data-prepper/tree/main/docs/schemas
 */
import type { ItemOutcome } from './log-store.ts';

export interface SpanDocument {
  /** 32 hexadecimal digits. */
  traceId: string;
  /** 16 hexadecimal digits; with the trace id, the document id. */
  spanId: string;
  /** Empty for a root. */
  parentSpanId: string;
  name: string;
  /** `SPAN_KIND_INTERNAL` and so on. */
  kind: string;
  serviceName: string;
  /** RFC 3339 with nanoseconds. */
  startTime: string;
  endTime: string;
  durationInNanos: number;
  status: { code: number; message?: string };
  /** Name of the root span, where this is one. */
  traceGroup?: string;
  traceGroupFields?: { endTime: string; durationInNanos: number; statusCode: number };
  events: { name: string; time: string; attributes: Record<string, unknown> }[];
  links: { traceId: string; spanId: string; attributes: Record<string, unknown> }[];
  instrumentationScope: { name: string; version?: string };
  resource: { attributes: Record<string, unknown> };
  attributes: Record<string, unknown>;
}

export interface SpanStore {
  /** Idempotent by trace and span id within a day. One outcome per span, in order. Failure (later) when it is away. */
  writeSpans(spans: readonly SpanDocument[]): Promise<ItemOutcome[]>;
  /** All spans of a trace, by start time. */
  spansOf(traceId: string): Promise<SpanDocument[]>;
  /** As LogStore.dropOldDays. */
  dropOldSpans(now: number, days: number): Promise<string[]>;
}

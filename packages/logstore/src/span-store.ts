/**
 * The SpanStore port: spans in the form that Data Prepper writes and OpenSearch Trace Analytics reads.
 * Source: https://github.com/opensearch-project/data-prepper/tree/main/docs/schemas/trace-analytics and the index
 * template `otel-v1-apm-span-index-standard-template.json` beside its OpenSearch sink.
 */
import type { Millis } from '@chatwarden/contracts';
import type { ItemOutcome } from './log-store.ts';

/** What an attribute may hold; whoever makes a document bounds their number and their length. */
export type SpanAttribute = string | number | boolean | readonly (string | number | boolean)[];
/** By full name, dots included: `{ "http.request.method": "POST" }`. */
export type SpanAttributes = Readonly<Record<string, SpanAttribute>>;

export interface SpanDocument {
  /** 32 hexadecimal digits. */
  traceId: string;
  /** 16 hexadecimal digits; with the trace id, the document id. */
  spanId: string;
  /** Empty for a root. */
  parentSpanId: string;
  /** W3C tracestate, mostly empty. */
  traceState: string;
  name: string;
  /** `SPAN_KIND_INTERNAL` and so on. */
  kind: string;
  serviceName: string;
  /** RFC 3339 in UTC with nine digits of a second. The day of `startTime` is the day that keeps the span. */
  startTime: string;
  endTime: string;
  durationInNanos: number;
  /** 0 unset, 1 ok, 2 error. */
  status: { code: number; message: string };
  /** Name of the trace's root span; null where the root is not known (yet). */
  traceGroup: string | null;
  /** Of the root span. */
  traceGroupFields: TraceGroupFields | null;
  events: readonly SpanEvent[];
  links: readonly SpanLink[];
  droppedAttributesCount: number;
  droppedEventsCount: number;
  droppedLinksCount: number;
  instrumentationScope: { name: string; version: string; attributes: SpanAttributes };
  resource: { attributes: SpanAttributes };
  attributes: SpanAttributes;
}

export interface TraceGroupFields {
  endTime: string;
  durationInNanos: number;
  statusCode: number;
}

export interface SpanEvent {
  name: string;
  time: string;
  attributes: SpanAttributes;
  droppedAttributesCount: number;
}

export interface SpanLink {
  traceId: string;
  spanId: string;
  traceState: string;
  attributes: SpanAttributes;
  droppedAttributesCount: number;
}

export interface SpanStore {
  /**
   * Idempotent by trace and span id within a day: the first stays. One outcome per span, in order, whose id is
   * `spanDocumentId`. Refuses what does not start in the kept days. Failure (later) when it is away.
   */
  writeSpans(spans: readonly SpanDocument[]): Promise<ItemOutcome[]>;
  /** The spans of a trace by start time, `SPANS_OF_MAX` of them at most. */
  spansOf(traceId: string): Promise<SpanDocument[]>;
  /** Deletes whole days that ended more than `days` full days before `now`; returns the days. */
  dropOldSpans(now: Millis, days: number): Promise<string[]>;
}

/** What a window of OpenSearch gives in one answer. */
export const SPANS_OF_MAX = 10_000;

export function spanDocumentId({ traceId, spanId }: Pick<SpanDocument, 'traceId' | 'spanId'>): string {
  return `${traceId}.${spanId}`;
}

import type { SpanDocument } from '../span-store.ts';

export type SpanParts = Partial<SpanDocument> & {
  /** Start, epoch ms; the span takes 2 ms. */
  at?: number;
  /** Nanoseconds of the start within its millisecond. */
  nanos?: number;
};

const NOON = Date.UTC(2026, 10, 24, 12);
const TRACE = '0123456789abcdef0123456789abcdef';
const DURATION_MS = 2;

export function aSpan({ at = NOON, nanos = 0, ...over }: SpanParts = {}): SpanDocument {
  const spanId = over.spanId ?? 'aaaaaaaaaaaaaaaa';
  const isRoot = (over.parentSpanId ?? '') === '';
  const [startTime, endTime] = [toTime(at, nanos), toTime(at + DURATION_MS, nanos)];
  const durationInNanos = DURATION_MS * 1_000_000;
  return {
    traceId: TRACE,
    spanId,
    parentSpanId: '',
    traceState: '',
    name: 'receive update',
    kind: 'SPAN_KIND_CONSUMER',
    serviceName: 'bot',
    startTime,
    endTime,
    durationInNanos,
    status: { code: 0, message: '' },
    traceGroup: isRoot ? 'receive update' : null,
    traceGroupFields: isRoot ? { endTime, durationInNanos, statusCode: 0 } : null,
    events: [],
    links: [],
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
    instrumentationScope: { name: 'chatwarden', version: '', attributes: {} },
    resource: { attributes: { 'service.name': 'bot' } },
    attributes: { 'messaging.batch.message_count': 3 },
    ...over,
  };
}

function toTime(at: number, nanos: number): string {
  return new Date(at).toISOString().replace('Z', `${String(nanos).padStart(6, '0')}Z`);
}

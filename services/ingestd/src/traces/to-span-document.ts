/** One span of OTLP as the document that Trace Analytics reads. Pure; both encodings come through here. */
import type { SpanAttributes, SpanDocument, SpanEvent, SpanLink } from '@chatwarden/logstore';
import { toNanoTime } from './nano-time.ts';
import { bigOf, countOf, fieldsOf, idOf, isAbsentId, listOf, textOf } from './read-value.ts';
import { toAttributes } from './to-attributes.ts';

/** What spans of one process and one library have in common. */
export interface SpanSource {
  resource: SpanAttributes;
  scope: SpanDocument['instrumentationScope'];
}

export type SpanReading = { span: SpanDocument } | { rejected: string };

const KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const NAME_MAX_CHARS = 1024;
const MESSAGE_MAX_CHARS = 2048;
const TRACE_STATE_MAX_CHARS = 512;
const EVENTS_MAX = 128;
const LINKS_MAX = 128;
/** By the specification, where a process does not say who it is. */
const UNKNOWN_SERVICE = 'unknown_service';

export function toSource(resource: unknown, scope: unknown): SpanSource {
  const { name, version, attributes } = fieldsOf(scope);
  return {
    resource: toAttributes(fieldsOf(resource)['attributes']).attributes,
    scope: { name: textOf(name, 256), version: textOf(version, 64), attributes: toAttributes(attributes).attributes },
  };
}

export function toSpanDocument(raw: unknown, source: SpanSource): SpanReading {
  const span = fieldsOf(raw);
  const [traceId, spanId] = [idOf(span['traceId'], 16), idOf(span['spanId'], 8)];
  if (traceId === '') return { rejected: 'trace_id must be 16 bytes, not all zero' };
  if (spanId === '') return { rejected: 'span_id must be 8 bytes, not all zero' };
  const parentSpanId = idOf(span['parentSpanId'], 8);
  if (parentSpanId === '' && !isAbsentId(span['parentSpanId'])) {
    return { rejected: 'parent_span_id must be empty or 8 bytes, not all zero' };
  }
  const [start, end] = [bigOf(span['startTimeUnixNano']), bigOf(span['endTimeUnixNano'])];
  const [startTime, endTime] = [toNanoTime(start), toNanoTime(end)];
  if (startTime === null || endTime === null) return { rejected: 'a span must have a start and an end time' };
  if (end < start) return { rejected: 'a span must not end before it starts' };
  const isRoot = parentSpanId === '';
  const name = textOf(span['name'], NAME_MAX_CHARS);
  const durationInNanos = Number(end - start);
  const status = toStatus(span['status']);
  const { attributes, dropped } = toAttributes(span['attributes']);
  const [events, links] = [listOf(span['events']), listOf(span['links'])];
  return {
    span: {
      traceId,
      spanId,
      parentSpanId,
      traceState: textOf(span['traceState'], TRACE_STATE_MAX_CHARS),
      name,
      kind: `SPAN_KIND_${KINDS[countOf(span['kind'])] ?? 'UNSPECIFIED'}`,
      serviceName: String(source.resource['service.name'] ?? UNKNOWN_SERVICE),
      startTime,
      endTime,
      durationInNanos,
      status,
      traceGroup: isRoot ? name : null,
      traceGroupFields: isRoot ? { endTime, durationInNanos, statusCode: status.code } : null,
      events: events.slice(0, EVENTS_MAX).map((event) => toEvent(event, startTime)),
      links: links.slice(0, LINKS_MAX).map(toLink),
      droppedAttributesCount: countOf(span['droppedAttributesCount']) + dropped,
      droppedEventsCount: countOf(span['droppedEventsCount']) + Math.max(0, events.length - EVENTS_MAX),
      droppedLinksCount: countOf(span['droppedLinksCount']) + Math.max(0, links.length - LINKS_MAX),
      instrumentationScope: source.scope,
      resource: { attributes: source.resource },
      attributes,
    },
  };
}

function toStatus(raw: unknown): SpanDocument['status'] {
  const { code, message } = fieldsOf(raw);
  return { code: Math.min(countOf(code), 2), message: textOf(message, MESSAGE_MAX_CHARS) };
}

/** An event without a time of its own happened when the span began, as far as anybody knows. */
function toEvent(raw: unknown, startTime: string): SpanEvent {
  const event = fieldsOf(raw);
  const { attributes, dropped } = toAttributes(event['attributes']);
  return {
    name: textOf(event['name'], NAME_MAX_CHARS),
    time: toNanoTime(bigOf(event['timeUnixNano'])) ?? startTime,
    attributes,
    droppedAttributesCount: countOf(event['droppedAttributesCount']) + dropped,
  };
}

function toLink(raw: unknown): SpanLink {
  const link = fieldsOf(raw);
  const { attributes, dropped } = toAttributes(link['attributes']);
  return {
    traceId: idOf(link['traceId'], 16),
    spanId: idOf(link['spanId'], 8),
    traceState: textOf(link['traceState'], TRACE_STATE_MAX_CHARS),
    attributes,
    droppedAttributesCount: countOf(link['droppedAttributesCount']) + dropped,
  };
}

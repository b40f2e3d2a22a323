/**
 * W3C trace context. The trace id of an event is the event's own id: a redelivered event continues the trace that
 * it began, and whoever has the event id has the trace id.
 * Source: https://www.w3.org/TR/trace-context/
 */
import { randomBytes } from 'node:crypto';
import { Type, type Static } from 'typebox';
import type { Id } from './ids.ts';

export const Traceparent = Type.String({ pattern: '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$' });

export const Trace = Type.Object({
  traceId: Type.String({ pattern: '^[0-9a-f]{32}$' }),
  spanId: Type.String({ pattern: '^[0-9a-f]{16}$' }),
  parentSpanId: Type.Optional(Type.String({ pattern: '^[0-9a-f]{16}$' })),
});
export type Trace = Static<typeof Trace>;

const SAMPLED = '01';

/** The first hop of an event; its span id is derived as well, so that it is the same on redelivery. */
export function rootTraceparent(event: Id): string {
  return `00-${event}-${event.slice(16)}-${SAMPLED}`;
}

/**
 * The same trace, with the span that made the record with this id. A record that is made again after a crash names the
 * same span again.
 */
export function recordTraceparent(traceparent: string, record: Id): string {
  return `00-${traceOf(traceparent).traceId}-${record.slice(16)}-${SAMPLED}`;
}

/** The same trace with a new span. */
export function childTraceparent(traceparent: string): string {
  const { traceId } = traceOf(traceparent);
  return `00-${traceId}-${randomBytes(8).toString('hex')}-${SAMPLED}`;
}

export function traceOf(traceparent: string): Trace {
  const [, traceId = '', spanId = ''] = traceparent.split('-');
  return { traceId, spanId };
}

/**
 * Every span of a trace names the trace's root, where the root is known: it came in the same request, or not long before.
 * A span that came before its root keeps null, which Trace Analytics shows as a trace without a group; holding spans back
 * until their root comes would answer 200 for what only memory has.
 */
import type { SpanDocument } from '@chatwarden/logstore';

export interface TraceGroups {
  /** The same spans in their order, with the group of each trace whose root is known. */
  fill(spans: readonly SpanDocument[]): SpanDocument[];
}

/** About 200 bytes each. */
const ROOTS_MAX = 10_000;

type Group = Pick<SpanDocument, 'traceGroup' | 'traceGroupFields'>;

export function createTraceGroups(rootsMax = ROOTS_MAX): TraceGroups {
  // A Map keeps the order in which keys were set: the first is the oldest.
  const roots = new Map<string, Group>();

  function remember({ traceId, traceGroup, traceGroupFields }: SpanDocument): void {
    roots.delete(traceId);
    roots.set(traceId, { traceGroup, traceGroupFields });
    if (roots.size <= rootsMax) return;
    for (const oldest of roots.keys()) {
      roots.delete(oldest);
      break;
    }
  }

  function fill(spans: readonly SpanDocument[]): SpanDocument[] {
    for (const span of spans) if (span.parentSpanId === '') remember(span);
    return spans.map((span) => (span.parentSpanId === '' ? span : { ...span, ...roots.get(span.traceId) }));
  }

  return { fill };
}

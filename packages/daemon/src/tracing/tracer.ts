/**
 * What a service sees of tracing. Spans are told when they are over, with the ids that the records already carry: the
 * trace id is the event's id, and a record's span is named by the record's `traceparent`. So a step that is repeated
 * after a crash tells the same span again, and whoever stores spans by their ids has it once.
 */
import { childTraceparent, hashId, recordTraceparent, traceOf } from '@chatwarden/contracts';

export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

export interface SpanFacts {
  /** What was done, with few different values: `judge`, `send events`. */
  name: string;
  kind?: SpanKind;
  attributes?: SpanAttributes;
}

export interface FinishedSpan extends SpanFacts {
  /** Its own ids, where a record names them. Else they follow from `parent` and `name`. */
  traceparent?: string;
  /** The span that it is a part of, or that caused it; a span without begins its trace. */
  parent?: string;
  /** Epoch ms, with fractions: see `Tracer.now`. */
  startedAt: number;
  /** Now, when absent. */
  endedAt?: number;
  /** Why the step failed. */
  error?: unknown;
}

export interface Tracer {
  /** False where nothing is traced: whoever would have to work to find out what to tell can leave it. */
  readonly isOn: boolean;
  /** Epoch ms with fractions, for `startedAt`; 0 where nothing is traced. */
  now(): number;
  /** Whether spans of this trace are kept. Decided by the trace id alone, so that every process decides alike. */
  keeps(traceparent: string): boolean;
  /** Tells of a step that is over; nothing happens for a trace that is not kept. Never throws. */
  record(span: FinishedSpan): void;
  /** A span for each record of a batch whose trace is kept; `toSpan` is not called for the others. */
  recordEach<T extends { traceparent: string }>(records: readonly T[], toSpan: (record: T) => FinishedSpan): void;
  /** Runs one step as a span below `parent`; what it hands on carries the traceparent that `run` gets. */
  withSpan<T>(span: SpanFacts & { parent: string }, run: (traceparent: string) => Promise<T>): Promise<T>;
}

/** Where nothing is traced: no span is made, no library is loaded. */
export const NO_TRACING: Tracer = {
  isOn: false,
  now: () => 0,
  keeps: () => false,
  record: () => {},
  recordEach: () => {},
  withSpan: ({ parent }, run) => run(parent),
};

/** What a tracer stands on: a clock, a choice and a way out. */
export interface TracerParts {
  now(): number;
  keepsTrace(traceId: string): boolean;
  emit(span: EmittedSpan): void;
}

export interface EmittedSpan extends FinishedSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  endedAt: number;
}

export function createTracer({ now, keepsTrace, emit }: TracerParts): Tracer {
  const keeps = (traceparent: string) => keepsTrace(traceOf(traceparent).traceId);

  function record(span: FinishedSpan): void {
    const own = span.traceparent ?? (span.parent === undefined ? undefined : derived(span.parent, span.name));
    if (own === undefined || !keeps(own)) return;
    const { traceId, spanId } = traceOf(own);
    const parent = span.parent === undefined ? {} : { parentSpanId: traceOf(span.parent).spanId };
    emit({ ...span, ...parent, traceId, spanId, endedAt: Math.max(span.startedAt, span.endedAt ?? now()) });
  }

  function recordEach<T extends { traceparent: string }>(records: readonly T[], toSpan: (record: T) => FinishedSpan) {
    for (const one of records) if (keeps(one.traceparent)) record(toSpan(one));
  }

  async function withSpan<T>(span: SpanFacts & { parent: string }, run: (traceparent: string) => Promise<T>) {
    if (!keeps(span.parent)) return run(span.parent);
    const traceparent = childTraceparent(span.parent);
    const startedAt = now();
    try {
      const result = await run(traceparent);
      record({ ...span, traceparent, startedAt });
      return result;
    } catch (error) {
      record({ ...span, traceparent, startedAt, error });
      throw error;
    }
  }

  return { isOn: true, now, keeps, record, recordEach, withSpan };
}

function derived(parent: string, name: string): string {
  return recordTraceparent(parent, hashId('span', traceOf(parent).spanId, name));
}

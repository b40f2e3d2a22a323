/**
 * Spans for documents on their way: accepted, and indexed. A document names the trace and span that it belongs to, so each
 * step is a span below that one. Nobody parses a line for this: it is looked for where our own services write it, and a
 * document that says it in another way has no spans here.
 */
import type { Tracer } from '@chatwarden/daemon';
import type { DocumentSink } from '@chatwarden/logstore';
import type { Durable } from '../accept/durable.ts';

const TRACE = Buffer.from('"trace":{"id":"');
const SPAN = Buffer.from('"span":{"id":"');
const TRACE_ID = /^[0-9a-f]{32}$/;
const SPAN_ID = /^[0-9a-f]{16}$/;

/** Null for a document that does not say, or not as we write it. */
export function traceparentOfLine(line: Uint8Array): string | null {
  const bytes = Buffer.from(line.buffer, line.byteOffset, line.byteLength);
  const traceId = textAfter(bytes, TRACE, 32);
  if (!TRACE_ID.test(traceId)) return null;
  const spanId = textAfter(bytes, SPAN, 16);
  return SPAN_ID.test(spanId) ? `00-${traceId}-${spanId}-01` : null;
}

function textAfter(bytes: Buffer, what: Buffer, chars: number): string {
  const at = bytes.indexOf(what);
  return at < 0 ? '' : bytes.toString('latin1', at + what.length, at + what.length + chars);
}

interface Step {
  name: string;
  kind: 'server' | 'client';
  startedAt: number;
}

function record(lines: readonly { line: Uint8Array }[], step: Step, tracer: Tracer): void {
  for (const { line } of lines) {
    const parent = traceparentOfLine(line);
    if (parent === null || !tracer.keeps(parent)) continue;
    tracer.record({ ...step, parent, attributes: { 'messaging.batch.message_count': lines.length } });
  }
}

/** Until the documents are durable. */
export function traceDurable(durable: Durable, tracer: Tracer): Durable {
  if (!tracer.isOn) return durable;
  return {
    keep: async (documents) => {
      const startedAt = tracer.now();
      const kept = await durable.keep(documents);
      record(documents, { name: 'accept', kind: 'server', startedAt }, tracer);
      return kept;
    },
  };
}

/** Until the documents are in their index. */
export function traceSink(sink: DocumentSink, tracer: Tracer): DocumentSink {
  if (!tracer.isOn) return sink;
  return {
    writeDocuments: async (documents, signal) => {
      const startedAt = tracer.now();
      const outcomes = await sink.writeDocuments(documents, signal);
      const written = documents.filter((_, i) => outcomes[i]?.result !== 'refused');
      record(written, { name: 'index', kind: 'client', startedAt }, tracer);
      return outcomes;
    },
  };
}

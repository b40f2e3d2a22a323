/**
 * The SpanStore on OpenSearch: an index per UTC day of the start behind the alias that Trace Analytics reads. Spans travel
 * by the same bulk engine as logs, over connections of their own. What was taken is found after about a second.
 */
import { SPAN_ALIAS, spanIndex, spanIndices, type RawDocument } from '../documents.ts';
import type { ItemOutcome } from '../log-store.ts';
import { toSpanLine, type SpanLine } from '../span-line.ts';
import { SPANS_OF_MAX, type SpanDocument, type SpanStore } from '../span-store.ts';
import { createAsk } from './ask.ts';
import { createBulkEngine, type BulkStats } from './bulk/bulk-engine.ts';
import { openConnection } from './connection.ts';
import { installSpans, type Installation } from './install.ts';
import type { OpenSearchLogStoreOptions } from './opensearch-log-store.ts';
import { createRetention } from './retention.ts';
import { writeInTime } from './write-in-time.ts';

export interface OpenSearchSpanStore extends SpanStore {
  /** Makes template and policy, or brings them up to date. To be awaited before the first span is written. */
  install(): Promise<Installation>;
  /** Makes all that was written findable now. For tests: it costs a cluster much. */
  refresh(): Promise<void>;
  stats(): BulkStats;
  close(): Promise<void>;
}

/** Sooner than the senders' own 10 s, so that they hear that they should try again. */
const WRITE_TIMEOUT_MS = 8000;
/** Spans are few beside logs. */
const CONNECTIONS = 2;
const TRACE_ID = /^[0-9a-f]{32}$/;

export function createOpenSearchSpanStore(options: OpenSearchLogStoreOptions): OpenSearchSpanStore {
  const { clock, log, keepDays, prefix = '' } = options;
  const connection = openConnection({ connections: CONNECTIONS, ...options });
  const engine = createBulkEngine({ connection, clock, log, ...options.bulk });
  const writing = { engine, clock, timeoutMs: WRITE_TIMEOUT_MS };
  const ask = createAsk(connection);
  const alias = `/${prefix}${SPAN_ALIAS}`;
  const retention = createRetention(ask, spanIndices(prefix));

  async function writeSpans(spans: readonly SpanDocument[]): Promise<ItemOutcome[]> {
    const window = { now: clock.now(), keepDays };
    const readings = spans.map((span) => toSpanLine(span, window));
    const lines = readings.filter((reading) => 'line' in reading);
    const written = (
      await writeInTime(
        lines.map((line) => toDocument(line, prefix)),
        writing,
      )
    ).values();
    return readings.map((reading) => {
      if ('refused' in reading) return { id: reading.id, result: 'refused', reason: reading.refused };
      return written.next().value as ItemOutcome;
    });
  }

  async function spansOf(traceId: string): Promise<SpanDocument[]> {
    if (!TRACE_ID.test(traceId)) return [];
    const body = {
      query: { term: { traceId } },
      size: SPANS_OF_MAX,
      sort: [{ startTime: { order: 'asc', unmapped_type: 'date_nanos' } }, { spanId: { unmapped_type: 'keyword' } }],
      track_total_hits: false,
    };
    // Before the first span there is no alias.
    const path = `${alias}/_search?ignore_unavailable=true&allow_no_indices=true`;
    const answer = (await ask({ method: 'POST', path, body })).body as { hits?: { hits: { _source: SpanDocument }[] } };
    return (answer.hits?.hits ?? []).map((hit) => hit._source);
  }

  async function close(): Promise<void> {
    engine.close();
    await connection.close();
  }

  return {
    writeSpans,
    spansOf,
    dropOldSpans: retention.dropOldDays,
    install: () => installSpans({ ask, prefix, keepDays }),
    refresh: async () => void (await ask({ method: 'POST', path: `${alias}/_refresh?ignore_unavailable=true` })),
    stats: engine.stats,
    close,
  };
}

function toDocument({ id, day, line }: SpanLine, prefix: string): RawDocument {
  return { id, index: spanIndex(day, prefix), line: Buffer.from(line) };
}

/**
 * Starts tracing in a process, or does nothing at all: the SDK costs 800 ms and 47 MB, so it is loaded only where spans
 * are wanted. A self-test makes one span and exports it, since tracing that is broken looks like tracing that is idle:
 * the log says whether spans arrive, and says so again whenever that changes.
 */
import { messageOf } from '@chatwarden/contracts';
import { systemClock } from '../clock.ts';
import { NO_TRACING, type Tracer } from './tracer.ts';
import { createTracingMetrics } from './tracing-metrics.ts';
import type { SelfTest, TracingOptions } from './tracing-options.ts';

export interface Tracing {
  tracer: Tracer;
  /** What the first self-test found; it is repeated until one passes. Never rejects. */
  selfTest: Promise<SelfTest>;
  /** Sends what waits, for `STOP_MAX_MS` at most: `lifecycle.onStop('tracing', tracing.stop)`. Never rejects. */
  stop(): Promise<void>;
}

/** A collector that is away must not hold up the end of a process. */
const STOP_MAX_MS = 3000;
const SELF_TEST_EVERY_MS = 30_000;

export async function startTracing(options: TracingOptions): Promise<Tracing> {
  const { endpoint, ratio, log, clock = systemClock() } = options;
  if (endpoint === undefined || ratio <= 0) return { tracer: NO_TRACING, selfTest: OFF, stop: () => Promise.resolve() };
  const { startSdk } = await import('./start-sdk.ts');
  const delivery = watchDelivery(options);
  const sdk = startSdk({ ...options, endpoint, onSpans: delivery.onSpans, onExport: delivery.onExport });
  const stopping = new AbortController();
  const first = sdk.selfTest().then(delivery.tell);
  const repeated = first.then(async (result) => {
    while (!result.ok && !stopping.signal.aborted) {
      await clock.sleep(SELF_TEST_EVERY_MS, stopping.signal);
      if (!stopping.signal.aborted && !delivery.isUp()) result = await sdk.selfTest();
      else break;
    }
  });

  async function stop(): Promise<void> {
    stopping.abort();
    const done = new AbortController();
    const overdue = clock.sleep(STOP_MAX_MS, done.signal).then(() => `not within ${STOP_MAX_MS} ms`);
    // The SDK rejects when the collector is away; the last spans are lost then, and nothing else.
    const closed = Promise.all([sdk.shutdown(), repeated]).then(() => undefined, messageOf);
    const problem = await Promise.race([closed, overdue]);
    done.abort();
    if (problem !== undefined) log.warn(`tracing: the last spans were not delivered: ${problem}`);
  }

  return { tracer: sdk.tracer, selfTest: first, stop };
}

const OFF: Promise<SelfTest> = Promise.resolve({ ok: false, reason: 'tracing is off' });

/** Says once that spans do not arrive, and once that they do again. */
function watchDelivery({ log, registry, ratio }: TracingOptions) {
  const metrics = createTracingMetrics(registry);
  let up: boolean | undefined;

  function onExport(error?: Error): void {
    const is = error === undefined;
    metrics.up.set(is ? 1 : 0);
    if (is && up === false) log.info('tracing: spans arrive again');
    if (!is && up !== false) log.warn({ err: error }, `tracing: spans do not arrive: ${messageOf(error)}`);
    up = is;
  }

  function tell(result: SelfTest): SelfTest {
    if (result.ok) log.info(`tracing: the self-test span arrived; ${ratio * 100} % of traces are kept`);
    return result;
  }

  return {
    onExport,
    tell,
    onSpans: (fate: string, count: number) => metrics.spans.inc({ fate }, count),
    isUp: () => up === true,
  };
}

/** The OpenTelemetry SDK, set up by hand. Only `startTracing` imports this file, and only when it is needed. */
import { randomBytes } from 'node:crypto';
import { Failure, messageOf, type Service } from '@chatwarden/contracts';
import { context, diag, DiagLogLevel, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  SamplingDecision,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';
import type { IdGenerator, SpanExporter } from '@opentelemetry/sdk-trace';
import {
  ATTR_ERROR_TYPE,
  ATTR_SERVICE_INSTANCE_ID,
  ATTR_SERVICE_NAME,
  ATTR_SERVICE_VERSION,
  ATTR_TELEMETRY_SDK_LANGUAGE,
  ATTR_TELEMETRY_SDK_NAME,
} from '@opentelemetry/semantic-conventions';
import { createSpanQueue, type SpanFate } from './span-queue.ts';
import { createTracer, type EmittedSpan, type Tracer } from './tracer.ts';
import type { SelfTest, TracingOptions } from './tracing-options.ts';

export interface SdkOptions extends TracingOptions {
  endpoint: string | Promise<string>;
  onSpans(fate: SpanFate, count: number): void;
  onExport(error?: Error): void;
}

export interface Sdk {
  tracer: Tracer;
  /** Makes a span and exports it with all that wait. Never rejects. */
  selfTest(): Promise<SelfTest>;
  /** Rejects when the last spans cannot be delivered. */
  shutdown(): Promise<void>;
}

/** About 1 kB each in memory. */
const QUEUE_MAX = 2048;
const BATCH_MAX = 512;
const EVERY_MS = 1000;
/** With the retries of the exporter. */
const EXPORT_TIMEOUT_MS = 10_000;
const VALUE_MAX_CHARS = 1024;
const ATTRIBUTES_MAX = 64;
const SCOPE = 'chatwarden';

export function startSdk(options: SdkOptions): Sdk {
  const { service, ratio, log } = options;
  diag.setLogger(
    { ...SILENT, warn: (message: string, ...rest: unknown[]) => log.warn({ details: rest }, `tracing: ${message}`) },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const queue = createSpanQueue({ ...options, queueMax: QUEUE_MAX, exporter: createExporter(options), batching });
  const ids = createGivenIds();
  const sdk = new NodeSDK({
    resource: resourceOf(service),
    autoDetectResources: false,
    // Who may be traced is decided before a span is made.
    sampler: new AlwaysOnSampler(),
    idGenerator: ids,
    spanProcessors: [queue],
    spanLimits: { attributeValueLengthLimit: VALUE_MAX_CHARS, attributeCountLimit: ATTRIBUTES_MAX },
    logRecordProcessors: [],
    metricReaders: [],
    textMapPropagator: null,
    instrumentations: [],
  });
  sdk.start();
  const emit = createEmit(ids);
  const sampler = new TraceIdRatioBasedSampler(ratio);
  const keepsTrace = (traceId: string) =>
    sampler.shouldSample(ROOT_CONTEXT, traceId).decision === SamplingDecision.RECORD_AND_SAMPLED;
  const now = createPreciseNow();

  async function selfTest(): Promise<SelfTest> {
    const own = { traceId: randomBytes(16).toString('hex'), spanId: randomBytes(8).toString('hex') };
    emit({ name: 'tracing self-test', ...own, startedAt: now(), endedAt: now() });
    try {
      await queue.forceFlush();
      return { ok: true };
    } catch (error) {
      return { ok: false, reason: messageOf(error) };
    }
  }

  async function shutdown(): Promise<void> {
    try {
      await sdk.shutdown();
    } finally {
      trace.disable();
      context.disable();
      diag.disable();
    }
  }

  return { tracer: createTracer({ now, keepsTrace, emit }), selfTest, shutdown };
}

const SILENT = { error: () => {}, info: () => {}, debug: () => {}, verbose: () => {} };

function batching(exporter: SpanExporter): BatchSpanProcessor {
  return new BatchSpanProcessor({
    exporter,
    maxQueueSize: QUEUE_MAX,
    maxExportBatchSize: BATCH_MAX,
    scheduledDelayMillis: EVERY_MS,
    exportTimeoutMillis: EXPORT_TIMEOUT_MS * 2,
  });
}

/** Made when the address is known; what is exported before waits for it. */
function createExporter({ endpoint, headers = {} }: SdkOptions): SpanExporter {
  const opened = Promise.resolve(endpoint).then(
    (url) =>
      new OTLPTraceExporter({
        url: new URL('v1/traces', url.endsWith('/') ? url : `${url}/`).href,
        headers: { ...headers },
        timeoutMillis: EXPORT_TIMEOUT_MS,
        compression: GZIP,
      }),
  );
  return {
    export: (spans, done) =>
      void opened.then(
        (exporter) => exporter.export(spans, done),
        (error: unknown) => done({ code: 1, error: new Error(messageOf(error), { cause: error }) }),
      ),
    shutdown: () => opened.then((exporter) => exporter.shutdown()),
  };
}

type Compression = NonNullable<NonNullable<ConstructorParameters<typeof OTLPTraceExporter>[0]>['compression']>;
/** The enumeration that the value belongs to is not exported by the exporter's own package. */
const GZIP = 'gzip' as Compression;

function resourceOf({ name, version, environment, node }: Service) {
  return resourceFromAttributes({
    [ATTR_SERVICE_NAME]: name,
    [ATTR_SERVICE_VERSION]: version,
    [ATTR_SERVICE_INSTANCE_ID]: node.name,
    'deployment.environment.name': environment,
    [ATTR_TELEMETRY_SDK_LANGUAGE]: 'nodejs',
    [ATTR_TELEMETRY_SDK_NAME]: 'opentelemetry',
  });
}

interface GivenIds extends IdGenerator {
  give(ids: { traceId: string; spanId: string }): void;
}

/** The SDK asks for ids while a span is being made, in the same turn: it gets those that were laid out for it. */
function createGivenIds(): GivenIds {
  let given = { traceId: '', spanId: '' };
  return {
    give: (ids) => void (given = ids),
    generateTraceId: () => given.traceId,
    generateSpanId: () => given.spanId,
  };
}

const KINDS = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

function createEmit(ids: GivenIds): (span: EmittedSpan) => void {
  const tracer = trace.getTracer(SCOPE);
  return ({ traceId, spanId, parentSpanId, name, kind = 'internal', attributes = {}, startedAt, endedAt, error }) => {
    const parent =
      parentSpanId === undefined
        ? ROOT_CONTEXT
        : trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId: parentSpanId, traceFlags: 1, isRemote: true });
    ids.give({ traceId, spanId });
    const span = tracer.startSpan(name, { kind: KINDS[kind], startTime: startedAt, attributes }, parent);
    if (error !== undefined) {
      // A code and no message: what a library says may quote what it was given.
      const type = typeOf(error);
      span.setStatus({ code: SpanStatusCode.ERROR, message: type });
      span.setAttribute(ATTR_ERROR_TYPE, type);
    }
    span.end(endedAt);
  };
}

function typeOf(error: unknown): string {
  if (error instanceof Failure) return error.code;
  return error instanceof Error ? error.name : 'unknown';
}

/** The clock of the wall in steps of a microsecond; it follows the wall when that is set. */
function createPreciseNow(): () => number {
  const STEP_MAX_MS = 20;
  let offset = Date.now() - performance.now();
  return () => {
    const now = performance.now() + offset;
    const wall = Date.now();
    if (Math.abs(now - wall) <= STEP_MAX_MS) return now;
    offset = wall - performance.now();
    return wall;
  };
}

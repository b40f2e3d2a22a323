/** Puts ingestd together from its ports; opens nothing but, when asked, its port and the file of keys. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Clock } from '@chatwarden/contracts';
import {
  closeGently,
  listenOrExplain,
  NO_TRACING,
  type Logger,
  type Metrics,
  type Readiness,
  type Tracer,
} from '@chatwarden/daemon';
import type { SpanStore } from '@chatwarden/logstore';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Durable } from './accept/durable.ts';
import { watchLoopDelay } from './accept/loop-delay.ts';
import { createRate } from './accept/rate.ts';
import { createAdmission } from './access/admit.ts';
import { refuseOpenDoor, type IngestdConfig } from './config.ts';
import { loadKeys, type ReloadedKeys } from './keys/reloaded-keys.ts';
import { createDoorMetrics } from './metrics.ts';
import { describeDoor, openapiRoute } from './openapi.ts';
import { createAnswerError } from './problems/answer-problems.ts';
import { ROUTES } from './routes.ts';
import { traceDurable } from './traces/document-spans.ts';
import { traceRoutes } from './traces/trace-routes.ts';

export interface IngestdPorts {
  durable: Durable;
  /** Takes the spans of /v1/traces; without it there is no such address. */
  spanStore?: Pick<SpanStore, 'writeSpans'> | undefined;
  /** Nothing is traced when absent. */
  tracer?: Tracer;
  clock: Clock;
  log: Pick<Logger, 'info' | 'warn' | 'error'>;
  metrics: Metrics;
  /** Full days that are kept; as the LogStore's. */
  keepDays: number;
  /** See watchIndexLag. */
  isIndexBehind?: (() => boolean) | undefined;
  /** How late the event loop runs; measured when absent. */
  loopDelayMs?: () => number;
}

export interface Ingestd {
  /** For tests: `inject` needs no port. */
  app: FastifyInstance;
  /** Resolves to the address to send to. Rejects with Failure `portUnavailable` (never). */
  listen(): Promise<{ url: string }>;
  /** Not ready while it stops. */
  ready(): Readiness;
  /** Answers 503 from now on and finishes the requests in hand. */
  close(): Promise<void>;
}

/** Longer than what senders keep idle connections for, so that none is cut as they send. */
const KEEP_ALIVE_MS = 75_000;
/** A client that takes longer for its headers or its body is not worth a connection. */
const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 60_000;

/** Rejects with ConfigError or Failure `badKeys` (never) when nobody could be let in as the settings say. */
export async function wire(ports: IngestdPorts, config: IngestdConfig): Promise<Ingestd> {
  const { clock, log } = ports;
  refuseOpenDoor(config);
  const stopping = new AbortController();
  const keys = await readKeys(ports, config);
  const reading = keys?.keepReading(stopping.signal);
  const loop = ports.loopDelayMs ? undefined : watchLoopDelay(clock);
  const app = createServer(ports);
  serve(app, ports, {
    config,
    keys,
    isStopping: () => stopping.signal.aborted,
    loopDelayMs: ports.loopDelayMs ?? (() => loop?.meanMs() ?? 0),
  });

  async function close(): Promise<void> {
    stopping.abort();
    await closeGently(app, clock);
    loop?.close();
    await reading;
    log.info('the door is closed');
  }

  return {
    app,
    listen: () => listen(app, config),
    ready: () => [{ name: 'accepting', ok: !stopping.signal.aborted }],
    close,
  };
}

function createServer({ log }: IngestdPorts): FastifyInstance {
  const answerError = createAnswerError(log);
  const app: FastifyInstance = Fastify({
    logger: false,
    genReqId: () => randomUUID(),
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { headersTimeout: HEADERS_TIMEOUT_MS },
    // We answer ourselves, so that the answer says when to come again.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
  });
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) =>
    answerError({ statusCode: 404, message: 'there is nothing at this address' }, request, reply),
  );
  return app;
}

interface Serving {
  config: IngestdConfig;
  keys: ReloadedKeys | undefined;
  isStopping(): boolean;
  loopDelayMs(): number;
}

function serve(app: FastifyInstance, ports: IngestdPorts, { config, keys, isStopping, loopDelayMs }: Serving): void {
  const { clock, keepDays, log, spanStore, tracer = NO_TRACING } = ports;
  const { registry } = ports.metrics;
  const durable = traceDurable(ports.durable, tracer);
  const metrics = createDoorMetrics(registry);
  const rate = createRate(clock);
  let heldBytes = 0;
  const { admit, senderOf } = createAdmission({
    pressure: { isStopping, loopDelayMs, heldBytes: () => heldBytes, isIndexBehind: ports.isIndexBehind },
    limits: {
      loopDelayMaxMs: config.INGEST_LOOP_DELAY_MAX_MS,
      heldBytesMax: config.INGEST_HELD_BYTES_MAX,
    },
    keys,
    rate,
    withoutKey: { mayModerate: config.INGEST_TRUST_LOCAL, eventsPerSecond: config.INGEST_EVENTS_PER_SECOND },
  });

  async function holding<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    heldBytes += bytes;
    try {
      return await work();
    } finally {
      heldBytes -= bytes;
    }
  }

  const limits = {
    requestBytesMax: config.INGEST_REQUEST_BYTES_MAX,
    eventsMax: config.INGEST_EVENTS_MAX,
    eventBytesMax: config.INGEST_EVENT_BYTES_MAX,
  };
  const { now } = clock;
  const deps = { durable, now, keepDays, limits, senderOf, spend: rate.spend, holding, metrics };
  app.addHook('onSend', async (_request, reply) => {
    // A connection that is kept would keep the server from closing.
    if (isStopping()) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async ({ routeOptions }, reply) => {
    metrics.observeAnswer(routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime / 1000);
  });
  describeDoor(app);
  for (const route of ROUTES) {
    void app.register(async (scope) => {
      scope.addHook('onRequest', async (request) => admit(request));
      route(scope, deps);
    });
  }
  const { requestBytesMax } = limits;
  if (spanStore) void app.register(traceRoutes({ spanStore, admit, requestBytesMax, holding, log, registry }));
  void app.register(async (scope) => openapiRoute(scope));
}

async function readKeys({ clock, log }: IngestdPorts, config: IngestdConfig): Promise<ReloadedKeys | undefined> {
  const { INGEST_KEYS_FILE: path, INGEST_EVENTS_PER_SECOND: eventsPerSecond } = config;
  if (path === undefined) return undefined;
  return loadKeys({ read: () => readFile(path, 'utf8'), clock, log, eventsPerSecond });
}

async function listen(app: FastifyInstance, config: IngestdConfig): Promise<{ url: string }> {
  const { INGEST_HOST: host, INGEST_PORT: port } = config;
  return { url: await listenOrExplain('INGEST_PORT', port, () => app.listen({ host, port })) };
}

/**
 * `POST /v1/traces`: OTLP/HTTP in protobuf and JSON. The answer comes when the store has the spans; when it is away the
 * sender is asked to try again, and its exporter keeps them meanwhile. Nothing here makes spans of its own, or exporting
 * them would make more.
 */
import { codeOf, messageOf, retryClassOf } from '@chatwarden/contracts';
import type { Logger } from '@chatwarden/daemon';
import type { SpanStore } from '@chatwarden/logstore';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import { readBody } from '../accept/read-body.ts';
import { toProblem } from '../problems/answer-problems.ts';
import { encodingOf, failure, success, type Answer } from './answers.ts';
import { decodeRequest, reject, type DecodedRequest, type Encoding } from './decode-request.ts';
import { describeTraces } from './describe-traces.ts';
import { createTraceGroups, type TraceGroups } from './trace-groups.ts';
import { createTraceMetrics, type TraceMetrics } from './trace-metrics.ts';

export interface TraceDeps {
  spanStore: Pick<SpanStore, 'writeSpans'>;
  /** Looks at the key, before the body is read; throws a ProblemError for a request that may not come in. */
  admit(request: FastifyRequest): unknown;
  /** Of a body, packed and unpacked. */
  requestBytesMax: number;
  /** Counts the bytes as held until the work is done. */
  holding<T>(bytes: number, work: () => Promise<T>): Promise<T>;
  log: Pick<Logger, 'warn' | 'error'>;
  registry: Registry;
}

export const TRACES_PATH = '/v1/traces';
const RETRY_AFTER_S = 5;

/** `void app.register(traceRoutes({ ... }))`: a scope of its own, with its own bodies and its own answers to errors. */
export function traceRoutes(deps: TraceDeps): (scope: FastifyInstance) => Promise<void> {
  const writing = { ...deps, metrics: createTraceMetrics(deps.registry), groups: createTraceGroups() };

  async function accept(request: FastifyRequest): Promise<Answer> {
    const encoding = encodingOfAnswer(request);
    const body = request.body instanceof Buffer ? request.body : Buffer.alloc(0);
    return deps.holding(body.byteLength, async () => {
      const decoded = decodeOr400(body, encoding);
      return 'status' in decoded ? decoded : store(decoded, encoding, writing);
    });
  }

  return async function routes(scope: FastifyInstance): Promise<void> {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      ['application/x-protobuf', 'application/json'],
      ({ headers }: FastifyRequest, payload: NodeJS.ReadableStream) => {
        const { 'content-encoding': encoding, 'content-length': length } = headers;
        return readBody(payload as never, { encoding, length, bytesMax: deps.requestBytesMax });
      },
    );
    scope.addHook('onRequest', async (request) => deps.admit(request));
    scope.setErrorHandler((error, request, reply) => {
      const { status, title, detail, retryAfterS } = toProblem(error);
      if (status === 500) deps.log.error({ err: error }, `${TRACES_PATH} failed: ${messageOf(error)}`);
      const message = detail === undefined ? title : `${title}: ${detail}`;
      return send(reply, failure(encodingOfAnswer(request), status, message), retryAfterS);
    });
    const schema = describeTraces();
    scope.post(TRACES_PATH, { schema, validatorCompiler: () => () => true }, async (request, reply) =>
      send(reply, await accept(request)),
    );
  };
}

function decodeOr400(body: Uint8Array, encoding: Encoding): DecodedRequest | Answer {
  try {
    return decodeRequest(body, encoding);
  } catch (error) {
    return failure(encoding, 400, `the body is not an ExportTraceServiceRequest: ${messageOf(error)}`);
  }
}

interface Writing extends Pick<TraceDeps, 'spanStore' | 'log'> {
  groups: TraceGroups;
  metrics: TraceMetrics;
}

async function store(decoded: DecodedRequest, encoding: Encoding, writing: Writing): Promise<Answer> {
  try {
    await writeSpans(decoded, writing);
    return success(encoding, decoded);
  } catch (error) {
    // What is not known to fail again is worth another try: a sender gives up by itself.
    const status = retryClassOf(error) === 'never' ? 500 : 503;
    writing.log.warn({ err: error }, `spans are left to their sender: ${messageOf(error)}`);
    return failure(encoding, status, `the spans cannot be stored: ${codeOf(error)}`);
  }
}

/** What the store refuses is rejected like what could not be read. */
async function writeSpans(decoded: DecodedRequest, { spanStore, groups, metrics }: Writing): Promise<void> {
  const spans = groups.fill(decoded.spans);
  const outcomes = spans.length === 0 ? [] : await spanStore.writeSpans(spans);
  for (const outcome of outcomes) {
    if (outcome.result === 'refused') reject(decoded, outcome.reason);
    else metrics.spans.inc({ result: outcome.result });
  }
  if (decoded.rejected > 0) metrics.spans.inc({ result: 'rejected' }, decoded.rejected);
}

/** That of the request; JSON where there is none that OTLP knows, for a person may read it. */
function encodingOfAnswer(request: FastifyRequest): Encoding {
  return encodingOf(request.headers['content-type']) ?? 'json';
}

function send(reply: FastifyReply, { status, type, body }: Answer, retryAfterS = RETRY_AFTER_S): FastifyReply {
  if (status === 429 || status === 503) void reply.header('retry-after', retryAfterS);
  // What is left of the body is not worth reading.
  if (status === 413) void reply.header('connection', 'close');
  return reply.status(status).type(type).send(body);
}

import { gzipSync } from 'node:zlib';
import { Failure } from '@chatwarden/contracts';
import { silentLogger } from '@chatwarden/daemon';
import type { ItemOutcome, SpanDocument } from '@chatwarden/logstore';
import Fastify, { type FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import { afterEach, describe, expect, it } from 'vitest';
import { ProblemError } from '../problems/problem.ts';
import { ExportTraceServiceRequest, ExportTraceServiceResponse, RpcStatus, Span } from './otlp-proto.ts';
import { traceRoutes, type TraceDeps } from './trace-routes.ts';

const TRACE = '0123456789abcdef0123456789abcdef';
const BYTES_MAX = 64 * 1024;
const PROTOBUF = 'application/x-protobuf';
const JSON_TYPE = 'application/json';

let apps: FastifyInstance[] = [];

afterEach(async () => {
  await Promise.all(apps.map((app) => app.close()));
  apps = [];
});

/** The route on an app of its own, over a store that keeps what it gets. */
function door(over: Partial<TraceDeps> = {}) {
  const written: SpanDocument[] = [];
  const held: number[] = [];
  const spanStore = {
    writeSpans: (spans: readonly SpanDocument[]): Promise<ItemOutcome[]> => {
      written.push(...spans);
      return Promise.resolve(spans.map((span) => ({ id: span.spanId, result: 'created' })));
    },
  };
  const registry = new Registry();
  const app = Fastify();
  apps.push(app);
  void app.register(
    traceRoutes({
      spanStore,
      admit: () => undefined,
      requestBytesMax: BYTES_MAX,
      holding: (bytes, work) => (held.push(bytes), work()),
      log: silentLogger(),
      registry,
      ...over,
    }),
  );
  const post = (body: Uint8Array | string, headers: Record<string, string>) =>
    app.inject({ method: 'POST', url: '/v1/traces', headers, body: Buffer.from(body) });
  return { post, written, held, registry };
}

const aSpan = (over: object = {}) => ({
  traceId: TRACE,
  spanId: 'aaaaaaaaaaaaaaaa',
  name: 'judge',
  startTimeUnixNano: '1795521600000000001',
  endTimeUnixNano: '1795521600000000002',
  ...over,
});
const request = (...spans: unknown[]) => ({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
const asJson = (...spans: unknown[]) => JSON.stringify(request(...spans));

function asProtobuf(...spans: (object | Uint8Array)[]): Uint8Array {
  const encoded = spans.map((span) => {
    if (span instanceof Uint8Array) return span;
    const { traceId, spanId } = span as { traceId: string; spanId: string };
    const ids = { traceId: Buffer.from(traceId, 'hex'), spanId: Buffer.from(spanId, 'hex') };
    return Span.encode(Span.fromObject({ ...span, ...ids })).finish();
  });
  return ExportTraceServiceRequest.encode(request(...encoded)).finish();
}

const bytesOf = (payload: { rawPayload: Buffer }) => payload.rawPayload;

describe('taking spans', () => {
  it('reads both encodings to the same document', async () => {
    const { post, written, held } = door();
    const inJson = await post(asJson(aSpan()), { 'content-type': `${JSON_TYPE}; charset=utf-8` });
    const inProtobuf = await post(asProtobuf(aSpan()), { 'content-type': PROTOBUF });
    expect([inJson.statusCode, inProtobuf.statusCode]).toEqual([200, 200]);
    expect([inJson.headers['content-type'], inProtobuf.headers['content-type']]).toEqual([JSON_TYPE, PROTOBUF]);
    expect(inJson.json()).toEqual({});
    expect(bytesOf(inProtobuf)).toHaveLength(0);
    expect(written).toHaveLength(2);
    expect(written[0]).toMatchObject({ traceId: TRACE, name: 'judge', startTime: '2026-11-24T12:00:00.000000001Z' });
    expect(written[1]).toEqual(written[0]);
    expect(held).toEqual([asJson(aSpan()).length, asProtobuf(aSpan()).length]);
  });

  it('reads gzip', async () => {
    const { post, written } = door();
    const packed = { 'content-type': PROTOBUF, 'content-encoding': 'gzip' };
    expect((await post(gzipSync(asProtobuf(aSpan())), packed)).statusCode).toBe(200);
    expect(written).toHaveLength(1);
  });

  it('asks the store for nothing when there is no span', async () => {
    const { post } = door({ spanStore: { writeSpans: () => Promise.reject(new Error('not asked')) } });
    expect((await post('{}', { 'content-type': JSON_TYPE })).statusCode).toBe(200);
    expect((await post('', { 'content-type': PROTOBUF })).statusCode).toBe(200);
  });
});

describe('spans that are rejected', () => {
  it('costs only the bad span, and tells how many and why, in JSON', async () => {
    const { post, written, registry } = door();
    const bad = aSpan({ spanId: '' });
    const answer = await post(asJson(aSpan(), bad, null, bad), { 'content-type': JSON_TYPE });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      partialSuccess: { rejectedSpans: '3', errorMessage: 'span_id must be 8 bytes, not all zero' },
    });
    expect(written).toHaveLength(1);
    const { values } = (await registry.getSingleMetric('chatwarden_ingest_spans_total')?.get()) ?? { values: [] };
    expect(values.map(({ labels, value }) => [labels['result'], value])).toEqual([
      ['created', 1],
      ['rejected', 3],
    ]);
  });

  it('costs only the span whose bytes are broken, in protobuf', async () => {
    const { post, written } = door();
    const answer = await post(asProtobuf(Uint8Array.of(0x0a, 0xff), aSpan()), { 'content-type': PROTOBUF });
    expect(answer.statusCode).toBe(200);
    expect(
      ExportTraceServiceResponse.toObject(ExportTraceServiceResponse.decode(bytesOf(answer)), { longs: Number }),
    ).toEqual({
      partialSuccess: { rejectedSpans: 1, errorMessage: expect.stringMatching(/^a span cannot be read: /) as string },
    });
    expect(written).toHaveLength(1);
  });

  it('counts what the store refuses, and a duplicate as kept', async () => {
    const outcomes: ItemOutcome[] = [
      { id: 'a', result: 'duplicate' },
      { id: 'b', result: 'refused', reason: 'too old' },
    ];
    const { post } = door({ spanStore: { writeSpans: () => Promise.resolve(outcomes) } });
    const answer = await post(asJson(aSpan(), aSpan()), { 'content-type': JSON_TYPE });
    expect(answer.json()).toEqual({ partialSuccess: { rejectedSpans: '1', errorMessage: 'too old' } });
  });
});

describe('requests that are refused', () => {
  const away = new Failure('openSearchAway', 'later', { message: 'secret host' });
  const storeThat = (error: unknown) => ({ spanStore: { writeSpans: () => Promise.reject(error) } });
  const problem = (status: number, retryAfterS?: number) =>
    new ProblemError({ code: 'x', status, title: 'the key is not known', ...(retryAfterS ? { retryAfterS } : {}) });
  const refusing = (error: unknown) => ({ admit: () => Promise.reject(error) });
  const cases: {
    what: string;
    deps?: Partial<TraceDeps>;
    body?: string | Uint8Array;
    headers?: Record<string, string>;
    status: number;
    code: number;
    message: RegExp;
    retryAfter?: string;
  }[] = [
    { what: 'a body that is not JSON', body: '{', status: 400, code: 3, message: /not an ExportTraceServiceRequest/ },
    { what: 'a body of another form', body: '[]', status: 400, code: 3, message: /expected an object/ },
    {
      what: 'a body that is not gzip',
      headers: { 'content-encoding': 'gzip' },
      status: 400,
      code: 3,
      message: /not gzip/,
    },
    {
      what: 'an encoding that OTLP does not know',
      headers: { 'content-encoding': 'br' },
      status: 415,
      code: 3,
      message: /gzip/,
    },
    {
      what: 'a content type that OTLP does not know',
      headers: { 'content-type': 'text/xml' },
      status: 415,
      code: 3,
      message: /./,
    },
    { what: 'a body that is too large', body: ' '.repeat(BYTES_MAX + 1), status: 413, code: 8, message: /too large/ },
    {
      what: 'a body that is too large when unpacked',
      body: gzipSync(' '.repeat(BYTES_MAX + 1)),
      headers: { 'content-encoding': 'gzip' },
      status: 413,
      code: 8,
      message: /65536 bytes, unpacked/,
    },
    { what: 'no key', deps: refusing(problem(401)), status: 401, code: 16, message: /the key is not known/ },
    { what: 'too much at once', deps: refusing(problem(429, 7)), status: 429, code: 8, message: /./, retryAfter: '7' },
    {
      what: 'a store that is away',
      deps: storeThat(away),
      status: 503,
      code: 14,
      message: /openSearchAway$/,
      retryAfter: '5',
    },
    {
      what: 'a store that surprises',
      deps: storeThat(new Error('x')),
      status: 503,
      code: 14,
      message: /unexpected$/,
      retryAfter: '5',
    },
    {
      what: 'a store that never will',
      deps: storeThat(new Failure('broken', 'never', { message: 'x' })),
      status: 500,
      code: 2,
      message: /broken$/,
    },
    {
      what: 'an error of our own',
      deps: refusing(new Error('secret')),
      status: 500,
      code: 2,
      message: /^Something went wrong here$/,
    },
  ];

  it.each(cases)(
    '$status for $what',
    async ({ deps, body = asJson(aSpan()), headers, status, code, message, retryAfter }) => {
      const answer = await door(deps).post(body, { 'content-type': JSON_TYPE, ...headers });
      expect(answer.statusCode).toBe(status);
      expect(answer.json()).toEqual({ code, message: expect.stringMatching(message) as string });
      expect(answer.headers['retry-after']).toBe(retryAfter);
    },
  );

  it('answers in protobuf to whoever speaks it', async () => {
    const answer = await door().post(Uint8Array.of(0x0a, 0xff), { 'content-type': PROTOBUF });
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toBe(PROTOBUF);
    expect(RpcStatus.toObject(RpcStatus.decode(bytesOf(answer)))).toEqual({
      code: 3,
      message: expect.stringMatching(/^the body is not an ExportTraceServiceRequest: /) as string,
    });
  });

  it('does not fall for values that nest without end', async () => {
    const { post, written } = door();
    let value: Buffer = Buffer.alloc(0);
    // An AnyValue in an ArrayValue in an AnyValue, and so on.
    for (let i = 0; i < 5000; i += 1) value = nested(0x0a, nested(0x2a, value));
    const attribute = nested(0x4a, Buffer.concat([nested(0x0a, Buffer.from('deep')), nested(0x12, value)]));
    const answer = await post(asProtobuf(attribute, aSpan()), { 'content-type': PROTOBUF });
    expect(answer.statusCode).toBe(200);
    expect(written).toHaveLength(1);
  });
});

/** A field of bytes: tag, length, content. */
function nested(tag: number, content: Buffer): Buffer {
  const length: number[] = [];
  for (let rest = content.length; ; rest >>>= 7) {
    length.push(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest);
    if (rest <= 0x7f) break;
  }
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

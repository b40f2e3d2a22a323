/** POST /v1/traces as OpenAPI describes it. The messages themselves are OTLP's own. */
const answer = (description: string) => ({
  description,
  content: { 'application/x-protobuf': { schema: {} }, 'application/json': { schema: {} } },
});
const retryable = (description: string) => ({
  ...answer(description),
  headers: { 'Retry-After': { schema: { type: 'integer' }, description: 'seconds' } },
});

export function describeTraces() {
  return {
    operationId: 'exportTraces',
    summary: 'Takes spans as OTLP/HTTP, and answers when the store has them',
    description:
      'An ExportTraceServiceRequest in protobuf or JSON, which may be packed (Content-Encoding gzip or zstd). One bad span costs ' +
      'that span. A request may be repeated: a span is kept once by its trace id and span id. Errors are a ' +
      'google.rpc.Status in the encoding of the request.',
    security: [{ key: [] }],
    consumes: ['application/x-protobuf', 'application/json'],
    response: {
      200: answer('An ExportTraceServiceResponse; partial_success counts the spans that were rejected for good'),
      400: answer('The body is not what it says it is'),
      401: answer('No API key, or one that is not known'),
      403: answer('Not from there'),
      413: answer('Larger than a request may be, unpacked'),
      415: answer('A content type or encoding that OTLP/HTTP does not know'),
      429: retryable('More than the key may send'),
      503: retryable('Not now: the store is away, or there is too much to do'),
    },
  };
}

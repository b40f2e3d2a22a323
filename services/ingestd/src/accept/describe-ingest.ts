/** POST /ingest as OpenAPI describes it. */
import { Type } from 'typebox';
import { IngestHeaders } from './ingest-headers.ts';

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Type.Ref('Problem') } },
});
const retryable = (description: string) => ({
  ...problem(description),
  headers: { 'Retry-After': { schema: { type: 'integer' }, description: 'seconds' } },
});

export function describeIngest() {
  return {
    operationId: 'ingest',
    summary: 'Takes log events, ECS documents, and answers when they are durable',
    description:
      'One bad event costs that event. A whole request may be repeated: an event with event.id, or any event of a ' +
      'request with an Idempotency-Key and unchanged positions, is kept once. Other events are kept as often as they ' +
      'come. The body may be packed (Content-Encoding gzip or zstd).',
    security: [{ key: [] }],
    headers: IngestHeaders,
    consumes: ['application/x-ndjson', 'application/ndjson', 'application/json'],
    body: Type.Ref('EcsDocument'),
    response: {
      202: { ...Type.Ref('AllAccepted'), description: 'Every event is durable' },
      207: { ...Type.Ref('SomeRefused'), description: 'Some events are refused, the others are durable' },
      400: problem('No event can be kept; the same again will not be either'),
      401: problem('No API key, or one that is not known'),
      403: problem('The key is for none of the services named'),
      413: problem('More or larger than a request may be; `limit` names which'),
      415: problem('A content type or encoding that is not known here'),
      422: problem(
        'The Idempotency-Key came with another body before: noticed for ten minutes, by the replica that answered then',
      ),
      429: retryable('More events a second than the key may send'),
      500: problem('Something unexpected; the request may be repeated'),
      503: retryable(
        'Not now: something that is needed is away, this process stops or has too much to do, or the index is so far ' +
          'behind that more would be lost. What of the request was kept is not known; repeat it whole',
      ),
    },
  };
}

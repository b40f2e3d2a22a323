/** POST /ingest: from a body to documents that are durable, and an answer that says which are not. */
import { dayWindow } from '@chatwarden/logstore';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ProblemError, tooMuch } from '../problems/problem.ts';
import { describeIngest } from './describe-ingest.ts';
import { toAnswer, type Result } from './answer.ts';
import { IDEMPOTENCY_KEY_CHARS_MAX } from './ingest-headers.ts';
import { readBody } from './read-body.ts';
import type { ReadContext } from './read-document.ts';
import { readJson, readNdjson, type Events, type EventsReading } from './read-events.ts';
import { createRememberedBodies } from './remembered-bodies.ts';
import type { Sender } from './sender.ts';
import type { Route } from '../route.ts';

const NDJSON = ['application/x-ndjson', 'application/ndjson'];
const JSON_TYPE = 'application/json';

export const ingestRoute: Route = (app, deps) => {
  const { limits, now, metrics } = deps;
  const bodies = createRememberedBodies({ now });
  readBodiesAs(app, [...NDJSON, JSON_TYPE], limits.requestBytesMax);

  app.post('/ingest', { schema: describeIngest(), validatorCompiler: () => () => true }, async (request, reply) => {
    const body = request.body instanceof Buffer ? request.body : Buffer.alloc(0);
    const sender = deps.senderOf(request);
    const idempotencyKey = idempotencyKeyOf(request);
    const remembered = idempotencyKey === undefined ? undefined : `${sender.id} ${idempotencyKey}`;
    if (remembered !== undefined && bodies.isReused(remembered, body)) throw keyReused();
    const context: ReadContext = {
      sender,
      window: dayWindow(now(), deps.keepDays),
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    };
    const result = await deps.holding(body.length, () => keep(readEvents(request, body, context), sender));
    metrics.countRequest(result, body.length);
    if (remembered !== undefined) bodies.remember(remembered, body);
    const answer = toAnswer(result, limits.eventBytesMax);
    return reply.code(answer.status).send(answer.body);
  });

  function readEvents(request: FastifyRequest, body: Buffer, context: ReadContext): Events {
    const isJson = request.headers['content-type']?.toLowerCase().startsWith(JSON_TYPE) ?? false;
    return usable(isJson ? readJson(body, limits, context) : readNdjson(body, limits, context), limits.eventsMax);
  }

  async function keep({ documents, positions, refused }: Events, sender: Sender): Promise<Result> {
    deps.spend(sender, documents.length + refused.length);
    if (documents.length === 0) return { accepted: 0, refused };
    const kept = await deps.durable.keep(documents);
    const accepted = documents.length - kept.refused.length;
    const counts = kept.duplicates === undefined ? { accepted } : { accepted, duplicates: kept.duplicates };
    if (kept.refused.length === 0) return { ...counts, refused };
    const byStore = kept.refused.map(({ index, reason }) => {
      return { position: positions[index] ?? -1, code: 'refused-by-store' as const, reason };
    });
    return { ...counts, refused: [...refused, ...byStore] };
  }
};

function readBodiesAs(app: FastifyInstance, types: string[], bytesMax: number): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(types, ({ headers }: FastifyRequest, payload: NodeJS.ReadableStream) => {
    const { 'content-encoding': encoding, 'content-length': length } = headers;
    return readBody(payload as never, { encoding, length, bytesMax });
  });
}

function usable(reading: EventsReading, eventsMax: number): Events {
  if (reading === 'tooManyEvents') {
    throw tooMuch('INGEST_EVENTS_MAX', eventsMax, `a request may have ${eventsMax} events`);
  }
  if (reading === 'notJson') throw new ProblemError({ code: 'not-json', title: 'The body is not JSON', status: 400 });
  if (reading === 'notUtf8') throw new ProblemError({ code: 'not-utf8', title: 'The body is not UTF-8', status: 400 });
  if (reading.documents.length + reading.refused.length > 0) return reading;
  throw new ProblemError({ code: 'no-events', title: 'There is no event in the body', status: 400 });
}

function idempotencyKeyOf({ headers }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && key !== '' && key.length <= IDEMPOTENCY_KEY_CHARS_MAX) return key;
  const title = `Idempotency-Key has 1 to ${IDEMPOTENCY_KEY_CHARS_MAX} characters`;
  throw new ProblemError({ code: 'bad-request', title, status: 400 });
}

function keyReused(): ProblemError {
  const title = 'The Idempotency-Key came with another body before';
  return new ProblemError({ code: 'idempotency-key-reused', title, status: 422 });
}

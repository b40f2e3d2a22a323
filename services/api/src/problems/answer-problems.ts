import type { Logger } from '@chatwarden/daemon';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { toDocument } from './problem.ts';
import { RETRY_AFTER_S, toProblem } from './to-problem.ts';

export type AnswerError = (error: unknown, request: FastifyRequest, reply: FastifyReply) => unknown;

export function createAnswerError(log: Pick<Logger, 'error'>): AnswerError {
  return (error, request, reply) => {
    const problem = toProblem(error);
    if (problem.status >= 500) {
      log.error({ err: error, requestId: request.id }, `${request.method} ${request.routeOptions.url ?? '?'} failed`);
    }
    if (problem.status === 503) reply.header('retry-after', RETRY_AFTER_S);
    const body = JSON.stringify(toDocument(problem, request.id));
    // A serializer of the route's own would drop what its schema does not name.
    return reply.code(problem.status).type('application/problem+json').serializer(String).send(body);
  };
}

export function answerProblems(app: FastifyInstance, answer: AnswerError): void {
  app.setErrorHandler(answer);
  app.setNotFoundHandler((request, reply) => {
    const missing = { statusCode: 404, message: 'there is nothing at this address' };
    return answer(missing, request, reply);
  });
}

import { Failure } from '@chatwarden/contracts';
import type { Logger } from '@chatwarden/daemon';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError, toDocument, type ProblemBody } from './problem.ts';

export type AnswerError = (error: unknown, request: FastifyRequest, reply: FastifyReply) => unknown;

/** Seconds; a broker or store that restarts is usually back by then. */
const AWAY_RETRY_AFTER_S = 5;

/** What is unexpected says nothing of itself to the caller; the log has it. */
export function createAnswerError(log: Pick<Logger, 'error'>): AnswerError {
  return (error, request, reply) => {
    const problem = toProblem(error);
    if (problem.status === 500 || problem.code === 'away') {
      log.error({ err: error, requestId: request.id }, `${request.method} ${request.routeOptions.url ?? '?'} failed`);
    }
    if (problem.retryAfterS !== undefined) reply.header('retry-after', problem.retryAfterS);
    // What is left of the body is not worth reading.
    if (problem.status === 413) reply.header('connection', 'close');
    const body = JSON.stringify(toDocument(problem, request.id));
    // A serializer of the route's own would drop what its schema does not name.
    return reply.code(problem.status).type('application/problem+json').serializer(String).send(body);
  };
}

export function toProblem(error: unknown): ProblemBody {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof Failure && error.retry === 'later') {
    const title = 'Something that is needed is away; try again soon';
    return { code: 'away', title, status: 503, retryAfterS: AWAY_RETRY_AFTER_S };
  }
  const { statusCode, code, message } = error as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    const title = 'The content type is not known here';
    return { code: 'unsupported-media-type', title, status: 415, detail: message ?? '' };
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return { code: 'bad-request', title: 'The request is not valid', status: statusCode, detail: message ?? '' };
  }
  return { code: 'unexpected', title: 'Something went wrong here', status: 500 };
}

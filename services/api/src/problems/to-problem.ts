/** Which problem an error is. What is unexpected says nothing of itself to the caller; the log has it. */
import { Failure } from '@chatwarden/contracts';
import type { FastifyError, FastifySchemaValidationError } from 'fastify';
import { badRequest, ProblemError, type FieldError, type Problem } from './problem.ts';

type ProblemBody = Omit<Problem, 'type' | 'instance'>;

const UNEXPECTED: ProblemBody = { code: 'unexpected', title: 'Something went wrong here', status: 500 };
const AWAY: ProblemBody = {
  code: 'away',
  title: 'Something that is needed is away; try again soon',
  status: 503,
};

/** Seconds; a database that restarts is usually back by then. */
export const RETRY_AFTER_S = 5;

export function toProblem(error: unknown): ProblemBody {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof Failure) return ofFailure(error);
  const { validation, validationContext, statusCode, message } = error as Partial<FastifyError>;
  if (validation) return badRequest(validation.map((item) => toFieldError(item, validationContext ?? ''))).problem;
  if (statusCode === undefined || statusCode < 400 || statusCode > 499) return UNEXPECTED;
  return { code: 'bad-request', title: 'The request is not valid', status: statusCode, detail: message ?? '' };
}

function ofFailure(failure: Failure): ProblemBody {
  if (failure.code === 'badCursor') return badRequest([{ pointer: '/query/cursor', detail: failure.message }]).problem;
  return failure.retry === 'later' ? AWAY : UNEXPECTED;
}

const PLACES: Readonly<Record<string, string>> = { querystring: '/query', params: '/path', body: '/body' };

function toFieldError(item: FastifySchemaValidationError, context: string): FieldError {
  const { missingProperty, additionalProperty } = item.params as Record<string, string | undefined>;
  const field = missingProperty ?? additionalProperty;
  const place = (PLACES[context] ?? `/${context}`) + item.instancePath;
  const detail = additionalProperty === undefined ? (item.message ?? 'is not valid') : 'is not known here';
  return { pointer: field === undefined ? place : `${place}/${field}`, detail: detail + choices(item.params) };
}

function choices({ allowedValues }: Record<string, unknown>): string {
  return Array.isArray(allowedValues) ? `: ${allowedValues.join(', ')}` : '';
}

/** Every error is a problem document (RFC 9457), whoever raised it. */
import { Type, type Static } from 'typebox';

export const Problem = Type.Object(
  {
    type: Type.String({ description: 'a URN that names the kind of problem' }),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String({ description: 'the last part of `type`' }),
    detail: Type.Optional(Type.String()),
    instance: Type.String({ description: 'a URN of this very occurrence; the log names it as well' }),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: Type.String({ description: 'where in the request, such as /query/limit' }),
          detail: Type.String(),
        }),
      ),
    ),
  },
  { $id: 'Problem' },
);
export type Problem = Static<typeof Problem>;
export type FieldError = NonNullable<Problem['errors']>[number];

/** What a route throws to answer with a problem. */
export class ProblemError extends Error {
  readonly problem: Omit<Problem, 'type' | 'instance'>;

  constructor(problem: Omit<Problem, 'type' | 'instance'>) {
    super(problem.detail ?? problem.title);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

export function toDocument(problem: Omit<Problem, 'type' | 'instance'>, requestId: string): Problem {
  return { type: `urn:chatwarden:problem:${problem.code}`, ...problem, instance: `urn:uuid:${requestId}` };
}

export function badRequest(errors: FieldError[]): ProblemError {
  return new ProblemError({ code: 'bad-request', title: 'The request is not valid', status: 400, errors });
}

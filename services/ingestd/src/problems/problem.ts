/** Every error is a problem document (RFC 9457), whoever raised it. */
import { Type, type Static } from 'typebox';
import { RefusalCode } from '../accept/refusal.ts';

export const RefusedEvent = Type.Object(
  {
    position: Type.Integer({ description: '0 is the first event of the request; empty lines are none' }),
    code: RefusalCode,
    reason: Type.String({ description: 'for a person' }),
  },
  { $id: 'RefusedEvent' },
);

export const Problem = Type.Object(
  {
    type: Type.String({ description: 'a URN that names the kind of problem' }),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String({ description: 'the last part of `type`' }),
    detail: Type.Optional(Type.String()),
    limit: Type.Optional(
      Type.Object({ name: Type.String(), max: Type.Integer() }, { description: 'the limit that was passed' }),
    ),
    errors: Type.Optional(Type.Array(Type.Ref('RefusedEvent'), { description: 'the first events that were refused' })),
    instance: Type.String({ description: 'a URN of this very occurrence; the log names it as well' }),
  },
  { $id: 'Problem' },
);

export interface ProblemBody extends Omit<Static<typeof Problem>, 'type' | 'instance' | 'errors'> {
  errors?: readonly Static<typeof RefusedEvent>[];
  /** Answered as the header Retry-After. */
  retryAfterS?: number;
}

/** What answers a request with a problem. */
export class ProblemError extends Error {
  readonly problem: ProblemBody;

  constructor(problem: ProblemBody) {
    super(problem.detail ?? problem.title);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** What is undefined is left out as JSON. */
export function toDocument(problem: ProblemBody, requestId: string): object {
  const type = `urn:chatwarden:problem:${problem.code}`;
  return { type, ...problem, retryAfterS: undefined, instance: `urn:uuid:${requestId}` };
}

export function bodyTooLarge(bytesMax: number): ProblemError {
  return tooMuch('INGEST_REQUEST_BYTES_MAX', bytesMax, `a request may have ${bytesMax} bytes, unpacked`);
}

/** `name` is that of the setting. */
export function tooMuch(name: string, max: number, detail: string): ProblemError {
  return new ProblemError({
    code: 'too-large',
    title: 'The request is too large',
    status: 413,
    detail,
    limit: { name, max },
  });
}

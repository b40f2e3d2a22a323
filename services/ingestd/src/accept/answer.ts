/** What a sender is told: everything that is not named as refused is durable. Pure. */
import { Type, type Static } from 'typebox';
import { ProblemError, tooMuch, type ProblemBody } from '../problems/problem.ts';
import type { PositionedRefusal } from './refusal.ts';

const accepted = Type.Integer({ minimum: 0, description: 'events that are durable' });
const duplicates = Type.Optional(
  Type.Integer({
    minimum: 0,
    description: 'how many of them were there already; absent where that is found out later',
  }),
);

export const AllAccepted = Type.Object({ accepted, duplicates }, { $id: 'AllAccepted' });

export const SomeRefused = Type.Object(
  {
    accepted,
    duplicates,
    refused: Type.Integer({
      minimum: 1,
      description: 'events that are not kept; the same again would be refused again',
    }),
    refusedPositions: Type.Array(Type.Integer(), { description: 'of every refused event' }),
    errors: Type.Array(Type.Ref('RefusedEvent'), { description: 'why, for the first of them' }),
  },
  { $id: 'SomeRefused' },
);

/** Reasons told; positions are all told. */
const ERRORS_MAX = 100;

export interface Result {
  accepted: number;
  duplicates?: number;
  refused: readonly PositionedRefusal[];
}

export type Answer =
  { status: 202; body: Static<typeof AllAccepted> } | { status: 207; body: Static<typeof SomeRefused> };

/** Throws a ProblemError when nothing was accepted. */
export function toAnswer(result: Result, eventBytesMax: number): Answer {
  const { accepted: count, refused } = result;
  const counts =
    result.duplicates === undefined ? { accepted: count } : { accepted: count, duplicates: result.duplicates };
  if (refused.length === 0) return { status: 202, body: counts };
  const inOrder = refused.toSorted((a, b) => a.position - b.position);
  const errors = inOrder.slice(0, ERRORS_MAX);
  if (count === 0) throw nothingUsable(inOrder, errors, eventBytesMax);
  const refusedPositions = inOrder.map(({ position }) => position);
  return { status: 207, body: { ...counts, refused: refused.length, refusedPositions, errors } };
}

function nothingUsable(
  all: readonly PositionedRefusal[],
  errors: readonly PositionedRefusal[],
  eventBytesMax: number,
): ProblemError {
  const areAll = (code: PositionedRefusal['code']) => all.every((refusal) => refusal.code === code);
  const detail = `none of ${all.length} events can be kept`;
  let problem: ProblemBody = { code: 'nothing-usable', title: 'No event can be kept', status: 400, detail };
  if (areAll('service-not-allowed')) problem = { ...problem, code: 'service-not-allowed', status: 403 };
  if (areAll('too-large')) problem = tooMuch('INGEST_EVENT_BYTES_MAX', eventBytesMax, detail).problem;
  return new ProblemError({ ...problem, errors });
}

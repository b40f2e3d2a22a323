/**
 * The model's word, or nothing. Only an object of exactly the agreed form that carries the id of this very call is an
 * answer; prose around it, a missing field or an echo of what was sent is none.
 */
import { messageOf } from '@chatwarden/contracts';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';

/** A sentence or two; what is longer does not do what it was told. */
const CONTENT_MAX = 2000;

const Answer = Type.Object(
  {
    id: Type.String(),
    spam: Type.Boolean(),
    confidence: Type.Number({ minimum: 0, maximum: 1 }),
    reason: Type.String({ maxLength: 1000 }),
  },
  { additionalProperties: false },
);

export type Opinion = Omit<Static<typeof Answer>, 'id'>;

/** `none` says why, without the model's words. */
export type Reading = { opinion: Opinion } | { none: string };

export function readAnswer(content: string, answerId: string): Reading {
  if (content.length > CONTENT_MAX) return { none: `an answer of ${content.length} characters` };
  const parsed = parse(content);
  if ('none' in parsed) return parsed;
  if (!Value.Check(Answer, parsed.value)) return { none: 'JSON of another form' };
  const { id, spam, confidence, reason } = parsed.value;
  if (id !== answerId) return { none: 'an answer without the id of the call' };
  return { opinion: { spam, confidence, reason } };
}

function parse(content: string): { value: unknown } | { none: string } {
  try {
    return { value: JSON.parse(content) as unknown };
  } catch (error) {
    return { none: error instanceof SyntaxError ? 'no JSON' : messageOf(error) };
  }
}

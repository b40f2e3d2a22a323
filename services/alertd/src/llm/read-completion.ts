/** The text that an OpenAI-compatible endpoint answers with, from its response. */
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { EndpointAnswer } from './endpoint-answer.ts';

const BODY_MAX_BYTES = 65_536;

const Completion = Type.Object({
  choices: Type.Array(
    Type.Object({
      finish_reason: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      message: Type.Object({
        content: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      }),
    }),
    { minItems: 1 },
  ),
});

export function readCompletion(body: string): EndpointAnswer {
  const parsed = parse(body);
  if (!Value.Check(Completion, parsed)) return { result: 'garbage', why: 'no chat completion' };
  const [choice] = parsed.choices;
  const reason = choice?.finish_reason ?? 'stop';
  if (reason !== 'stop') return { result: 'garbage', why: `stopped for ${reason.slice(0, 40)}` };
  const content = choice?.message.content ?? '';
  return content === '' ? { result: 'garbage', why: 'an empty answer' } : { result: 'content', content };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

/** Null for a body that is longer than any answer; what is left of it is not read. */
export async function readBounded(response: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > BODY_MAX_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

// A message of 4,096 characters that makes a pattern quadratic costs 16 million steps: enough to stall a consumer.
// So a pattern must be linear. One that only ever sees short text may be quadratic when a comment says why it is short:
// `// regex-ok: a name has at most 64 characters`. Exponential and cubic patterns are never accepted.
import { check } from 'recheck';
import type { FoundRegex } from './find-regexes.ts';

/** One pattern takes milliseconds to seconds; a busy machine must not turn "safe" into "unknown". */
const TIMEOUT_MS = 60_000;

/** The complaint about one regular expression, undefined when it is fine. */
export async function judgeRegex({ pattern, accepted }: FoundRegex): Promise<string | undefined> {
  if (pattern === undefined) {
    return accepted === undefined ? 'put together at run time: cannot be judged without "regex-ok: reason"' : undefined;
  }
  const result = await check(pattern.source, pattern.flags, { timeout: TIMEOUT_MS });
  const shown = `/${pattern.source}/${pattern.flags}`;
  if (result.status === 'safe') return undefined;
  if (result.status === 'unknown') return `${shown} cannot be judged: ${result.error.kind}`;
  if (isQuadratic(result.complexity) && accepted !== undefined) return undefined;
  return `${shown} can backtrack: ${result.complexity.summary}, for example on ${result.attack.pattern}`;
}

function isQuadratic(complexity: { type: string; degree?: number }): boolean {
  return complexity.type === 'polynomial' && complexity.degree === 2;
}

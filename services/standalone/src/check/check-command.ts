/** `chatwarden check "text"`: one message, judged here and now. */
import { readFileSync } from 'node:fs';
import { text as readText } from 'node:stream/consumers';
import { systemClock } from '@chatwarden/daemon';
import { decodeModel, MODEL_URL } from '@chatwarden/detector';
import { parseCheckArguments, USAGE } from './arguments.ts';
import { formatTrial } from './format-trial.ts';
import { tryMessage } from './try-message.ts';

export interface Terminal {
  stdin: NodeJS.ReadableStream;
  stdout: Pick<NodeJS.WritableStream, 'write'>;
  stderr: Pick<NodeJS.WritableStream, 'write'>;
}

/** Resolves to the exit code: 0 whatever the band, 2 for wrong arguments. */
export async function checkCommand(args: readonly string[], { stdin, stdout, stderr }: Terminal): Promise<number> {
  const parsed = parseCheckArguments(args);
  if ('help' in parsed) {
    stdout.write(USAGE);
    return 0;
  }
  if ('mistake' in parsed) {
    stderr.write(`chatwarden check: ${parsed.mistake}\n\n${USAGE}`);
    return 2;
  }
  const { request } = parsed;
  const text = request.text === '-' ? withoutLastLineEnd(await readText(stdin)) : request.text;
  const model = decodeModel(readFileSync(MODEL_URL));
  const trial = tryMessage({ ...request, text }, { model, now: systemClock().now() });
  stdout.write(request.json ? `${JSON.stringify(trial, null, 2)}\n` : formatTrial(trial));
  return 0;
}

/** The end of a line that `echo` adds is not part of the message. */
function withoutLastLineEnd(text: string): string {
  return text.endsWith('\n') ? text.slice(0, text.endsWith('\r\n') ? -2 : -1) : text;
}

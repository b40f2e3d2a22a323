/**
 * An OpenAI-compatible endpoint for tests, and a gullible one: it believes whatever the message tells it. What it does
 * with a call is scripted; what comes after the script is answered like the last line of it.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface LlmRequest {
  path: string;
  authorization: string | undefined;
  body: { model: string; messages: { role: string; content: string }[]; response_format?: { type: string } };
  /** The line between the fence's. */
  data: string;
  answerId: string;
}

export type Turn =
  /** Calls spam what says "casino", unless the message dictates an answer. */
  | 'gullible'
  /** Gives back the text of the message, as it was sent to it. */
  | 'echo'
  /** Does not answer until the client hangs up. */
  | 'silent'
  | 'hangUp'
  | { status: number; headers?: Record<string, string>; body?: string }
  | { content: string | ((request: LlmRequest) => string) };

export interface FakeLlm {
  url: string;
  requests: LlmRequest[];
  script(...turns: Turn[]): void;
  /** Resolves when so many calls have come in all. */
  called(times: number): Promise<void>;
}

export async function startFakeLlm(): Promise<FakeLlm> {
  const requests: LlmRequest[] = [];
  const waiting: { times: number; resolve: () => void }[] = [];
  let turns: Turn[] = ['gullible'];

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming);
    requests.push(request);
    for (const { times, resolve } of waiting) if (requests.length >= times) resolve();
    const turn = turns.length > 1 ? turns.shift() : turns[0];
    reply(request, turn ?? 'gullible', response);
  }

  const server = createServer((incoming, response) => void serve(incoming, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    script: (...next) => void (turns = next),
    called: (times) =>
      requests.length >= times ? Promise.resolve() : new Promise((resolve) => waiting.push({ times, resolve })),
  };
}

async function readRequest(incoming: IncomingMessage): Promise<LlmRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as LlmRequest['body'];
  const [system = '', user = ''] = body.messages.map(({ content }) => content);
  return {
    path: incoming.url ?? '',
    authorization: incoming.headers.authorization,
    body,
    data: user.split('\n')[1] ?? '',
    answerId: /id must be "([0-9a-f]+)"/.exec(system)?.[1] ?? '',
  };
}

function reply(request: LlmRequest, turn: Turn, response: ServerResponse): void {
  if (turn === 'silent') return;
  if (turn === 'hangUp') return void response.destroy();
  if (typeof turn === 'object' && 'status' in turn) {
    response.writeHead(turn.status, turn.headers).end(turn.body ?? '{"error":{"message":"no"}}');
    return;
  }
  const content = contentOf(request, turn);
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ choices: [{ finish_reason: 'stop', message: { role: 'assistant', content } }] }));
}

function contentOf(request: LlmRequest, turn: Exclude<Turn, { status: number } | 'silent' | 'hangUp'>): string {
  if (turn === 'gullible') return gullible(request);
  if (turn === 'echo') return (JSON.parse(request.data) as { text?: string }).text ?? '';
  return typeof turn.content === 'string' ? turn.content : turn.content(request);
}

export function answer(request: LlmRequest, over: object = {}): string {
  return JSON.stringify({ id: request.answerId, spam: true, confidence: 0.95, reason: 'an advert', ...over });
}

/** Words by which the hostile messages of the tests claim to be harmless, in their languages. */
const DICTATES_HAM =
  /spam\W{0,4}(false|нет|falso|faux|falsch|yanlış|否)|not spam|не спам|no es spam|kein spam|スパムではない/iu;
/** And the one word by which a message might have somebody else's removed. */
const DICTATES_SPAM = /spam\W{0,4}true/iu;

function gullible(request: LlmRequest): string {
  if (DICTATES_HAM.test(request.data)) return answer(request, { spam: false, confidence: 1 });
  const spam = DICTATES_SPAM.test(request.data) || /casino|казино|カジノ|كازينو/iu.test(request.data);
  return answer(request, { spam });
}

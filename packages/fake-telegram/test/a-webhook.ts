/** A bot's web server, answering when the test says so; and a group whose bot has one. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Update } from '@grammyjs/types';
import { onTestFinished, vi } from 'vitest';
import { BOT_ID, aGroup, confirmAll } from './a-group.ts';

export interface Received {
  update: Update;
  /** What came in X-Telegram-Bot-Api-Secret-Token. */
  secret: string | undefined;
  answer(status: number, more?: { headers?: Record<string, string>; body?: unknown }): void;
  /** With a body that is sent as it stands. */
  answerRaw(status: number, more: { headers: Record<string, string>; body: string }): void;
  /** Closes the connection without an answer. */
  hangUp(): void;
}

export async function aWebhook() {
  const received: Received[] = [];
  const takers: ((request: Received) => void)[] = [];
  const server = createServer(async (request, response) => {
    const arrived = await read(request, response);
    const take = takers.shift();
    if (take) take(arrived);
    else received.push(arrived);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const next = (): Promise<Received> => {
    const arrived = received.shift();
    return arrived ? Promise.resolve(arrived) : new Promise((resolve) => takers.push(resolve));
  };
  /** Acknowledges what comes, so many times, and says what it was. */
  const take = async (count: number): Promise<Update[]> => {
    const updates: Update[] = [];
    while (updates.length < count) {
      const request = await next();
      request.answer(200);
      updates.push(request.update);
    }
    return updates;
  };
  /** How many came that nobody has looked at. */
  const waiting = () => received.length;
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, next, take, waiting };
}

async function read(request: IncomingMessage, response: ServerResponse): Promise<Received> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return {
    update: JSON.parse(body) as Update,
    secret: request.headers['x-telegram-bot-api-secret-token']?.toString(),
    answer(status, { headers = {}, body: said } = {}) {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(said === undefined ? '' : JSON.stringify(said));
    },
    answerRaw: (status, { headers, body: said }) => response.writeHead(status, headers).end(said),
    hangUp: () => request.socket.destroy(),
  };
}

/** Two groups of one bot with a webhook, which has had everything so far. */
export async function withWebhook(options: { max_connections?: number; secret_token?: string } = {}) {
  const group = await aGroup();
  const hook = await aWebhook();
  await confirmAll(group.api);
  await group.api.setWebhook(hook.url, options);
  const { fake, human, api, owner, member } = group;
  const other = human.addChat({ type: 'supergroup', title: 'Others', owner: owner.id });
  human.promote({ chat: other, user: BOT_ID, by: owner.id, rights: { can_delete_messages: true } });
  human.join({ chat: other, user: member.id });
  await hook.take(3);
  const sayThere = (text: string) => human.talk({ chat: other, from: member.id, message: { text } });
  const delivery = () => fake.record.deliveries.at(-1);
  /** Resolves when the fake knows what went wrong. */
  const untilError = (text: string) =>
    vi.waitUntil(async () => (await api.getWebhookInfo()).last_error_message?.includes(text));
  const untilErrorAt = (atMs: number) =>
    vi.waitUntil(async () => (await api.getWebhookInfo()).last_error_date === Math.floor(atMs / 1000));
  return { ...group, hook, sayThere, delivery, untilError, untilErrorAt };
}

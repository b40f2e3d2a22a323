import { Failure } from '@chatwarden/contracts';
import { silentLogger } from '@chatwarden/daemon';
import { Registry } from 'prom-client';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createBotMetrics } from '../metrics.ts';
import type { Update } from '../telegram/telegram-api.ts';
import { webhookSecret } from './serve-webhook.ts';
import { createWebhook, WEBHOOK_PATH } from './webhook.ts';

const SECRET = webhookSecret('1:token');

function aWebhook(accept: (updates: readonly Update[]) => Promise<void> = () => Promise.resolve()) {
  const accepted: Update[] = [];
  const app = createWebhook({
    accept: async (updates) => {
      await accept(updates);
      accepted.push(...updates);
    },
    secret: SECRET,
    log: silentLogger(),
    metrics: createBotMetrics(new Registry()),
  });
  onTestFinished(() => app.close());
  const post = (payload: string | object, headers: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url: WEBHOOK_PATH,
      payload,
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': SECRET, ...headers },
    });
  return { app, accepted, post };
}

describe('the webhook', () => {
  test('says 200 only after the update was accepted', async () => {
    const order: string[] = [];
    const { post } = aWebhook(() => {
      order.push('accepted');
      return Promise.resolve();
    });
    const { statusCode } = await post({ update_id: 1 });
    order.push('answered');
    expect([statusCode, ...order]).toEqual([200, 'accepted', 'answered']);
  });

  test('says 503 with Retry-After when it could not be accepted, so that Telegram keeps it', async () => {
    const { post } = aWebhook(() => Promise.reject(new Failure('postgresAway', 'later', { message: 'no answer' })));
    const answer = await post({ update_id: 1 });
    expect([answer.statusCode, answer.headers['retry-after'], answer.json()]).toEqual([
      503,
      '5',
      { error: 'postgresAway' },
    ]);
  });

  test('tolerates fields and kinds that it does not know', async () => {
    const { post, accepted } = aWebhook();
    expect((await post({ update_id: 1, brand_new: { deep: true } })).statusCode).toBe(200);
    expect(accepted).toHaveLength(1);
  });

  test.each([
    ['a wrong secret', { 'x-telegram-bot-api-secret-token': 'guess' }],
    ['an empty secret', { 'x-telegram-bot-api-secret-token': '' }],
  ])('%s is refused and nothing is read', async (_name, headers) => {
    const { post, accepted } = aWebhook();
    expect((await post({ update_id: 1 }, headers)).statusCode).toBe(401);
    expect(accepted).toEqual([]);
  });

  test.each([
    ['garbage', '{"update_id": 1', 400],
    ['no update', { hello: 1 }, 400],
    ['a body beyond a megabyte', `{"update_id":1,"x":"${'a'.repeat(1024 * 1024)}"}`, 413],
  ])('%s is refused with a reason', async (_name, payload, status) => {
    const { post, accepted } = aWebhook();
    const answer = await post(payload);
    expect(answer.statusCode).toBe(status);
    expect(answer.json<{ error: string }>().error).toMatch(/\w/);
    expect(accepted).toEqual([]);
  });

  test('the secret comes from the token and does not show it', () => {
    expect(SECRET).toMatch(/^[0-9a-f]{64}$/);
    expect(webhookSecret('2:other')).not.toBe(SECRET);
  });
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Update } from '@grammyjs/types';
import { Bot, webhookCallback } from 'grammy';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { BOT_ID, TOKEN, aGroup, refusal } from '../../test/a-group.ts';
import { aWebhook, withWebhook } from '../../test/a-webhook.ts';

const HOUR_MS = 3_600_000;

const textOf = (update: Update) => update.message?.text;

describe('410 Gone', () => {
  it('removes the webhook when it is all that comes for 23 hours', async () => {
    const { api, hook, say, clock, untilErrorAt } = await withWebhook();
    const failOnce = async (status: number) => {
      say('x');
      (await hook.next()).answer(status, { headers: { 'retry-after': '3600' } });
      await untilErrorAt(clock.now());
    };
    await failOnce(410);
    clock.advance(23 * HOUR_MS);
    (await hook.next()).answer(410, { headers: { 'retry-after': '3600' } });
    await untilErrorAt(clock.now());
    expect((await api.getWebhookInfo()).url).toBe(hook.url);
    clock.advance(HOUR_MS);
    say('the last');
    (await hook.next()).answer(410);
    await vi.waitUntil(async () => (await api.getWebhookInfo()).url === '');
    expect((await api.getUpdates()).map(textOf)).toContain('the last');
  });

  it('begins anew after any other answer', async () => {
    const { api, hook, say, sayThere, clock, delivery, untilErrorAt } = await withWebhook();
    say('x');
    (await hook.next()).answer(410, { headers: { 'retry-after': '3600' } });
    await untilErrorAt(clock.now());
    sayThere('fine');
    await hook.take(1);
    await vi.waitUntil(() => delivery()?.confirmedAtMs !== undefined);
    clock.advance(23 * HOUR_MS + 1000);
    (await hook.next()).answer(410, { headers: { 'retry-after': '60' } });
    await untilErrorAt(clock.now());
    expect((await api.getWebhookInfo()).url).toBe(hook.url);
  });
});

describe('a method named in the answer', () => {
  it('is carried out', async () => {
    const { hook, say, human, chat, fake } = await withWebhook();
    say('ping');
    (await hook.next()).answer(200, { body: { method: 'sendMessage', chat_id: chat, text: 'pong' } });
    await vi.waitUntil(() => human.messages({ chat }).at(-1)?.message.text === 'pong');
    expect(fake.record.apiCalls.at(-1)).toMatchObject({ method: 'sendMessage', ok: true, botId: BOT_ID });
  });

  it('may fail or be unknown without anybody noticing, and cannot be one whose result is the point', async () => {
    const { hook, say, fake, api } = await withWebhook();
    const before = fake.record.apiCalls.length;
    for (const body of [{ method: 'getMe' }, { method: 'deleteWebhook' }, { method: 'noSuch' }, 7, 'text']) {
      say('x');
      (await hook.next()).answer(200, { body });
    }
    say('y');
    (await hook.next()).answer(200, { body: { method: 'deleteMessage', chat_id: 1, message_id: 1 } });
    await vi.waitUntil(() => fake.record.apiCalls.length > before);
    expect(fake.record.apiCalls.slice(before)).toMatchObject([{ method: 'deleteMessage', ok: false }]);
    expect((await api.getWebhookInfo()).url).toBe(hook.url);
  });

  it('may come as a form, and is ignored when it cannot be read', async () => {
    const { hook, say, human, chat, delivery } = await withWebhook();
    say('a');
    (await hook.next()).answer(200, { headers: { 'content-type': 'text/plain' }, body: { method: 'sendMessage' } });
    const form = new URLSearchParams({ method: 'sendMessage', chat_id: String(chat), text: 'b' }).toString();
    say('b?');
    (await hook.next()).answerRaw(200, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form,
    });
    await vi.waitUntil(() => human.messages({ chat }).at(-1)?.message.text === 'b');
    say('c');
    (await hook.next()).answerRaw(200, { headers: { 'content-type': 'application/json' }, body: '{' });
    await vi.waitUntil(() => delivery()?.confirmedAtMs !== undefined);
    expect(human.messages({ chat }).at(-1)?.message.text).toBe('c');
  });
});

describe('a grammY bot', () => {
  it('is fed by its own webhook adapter', async () => {
    const { api, apiRoot, human, chat, say, fake } = await aGroup();
    const bot = new Bot(TOKEN, { client: { apiRoot } });
    bot.command('ping', (context) => context.reply('pong').then(() => {}));
    const server = createServer(webhookCallback(bot, 'http', { secretToken: 'secret' }));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await api.setWebhook(url, { secret_token: 'secret', drop_pending_updates: true });
    say('/ping');
    await vi.waitUntil(() => human.messages({ chat }).at(-1)?.message.text === 'pong');
    await vi.waitUntil(() => fake.record.deliveries.at(-1)?.confirmedAtMs !== undefined);
    await api.setWebhook(url, { secret_token: 'guessed' });
    say('/ping');
    await vi.waitUntil(async () => (await api.getWebhookInfo()).last_error_message !== undefined);
    expect((await api.getWebhookInfo()).last_error_message).toBe('Wrong response from the webhook: 401 Unauthorized');
  });
});

describe('setWebhook', () => {
  it.each([
    ['nonsense', {}, 'invalid webhook URL specified'],
    ['ftp://bot.example/', {}, 'invalid webhook URL specified'],
    ['https://bot.example/', { secret_token: 'no spaces' }, 'secret token contains unallowed characters'],
    ['https://bot.example/', { secret_token: 'x'.repeat(257) }, 'secret token is too long'],
  ])('refuses %s with %o', async (url, options, text) => {
    const { api } = await aGroup();
    expect(await refusal(api.setWebhook(url, options))).toBe(`400 Bad Request: ${text}`);
  });

  it('of what is set already makes no request again', async () => {
    const { api, hook, say, delivery } = await withWebhook({ secret_token: 'same' });
    say('x');
    const request = await hook.next();
    await api.setWebhook(hook.url, { secret_token: 'same', allowed_updates: ['message'] });
    expect(delivery()).toMatchObject({ deliveredTimes: 1 });
    request.answer(200);
    await vi.waitUntil(() => delivery()?.confirmedAtMs !== undefined);
    say('y');
    expect((await hook.next()).secret).toBe('same');
    await api.setWebhook(hook.url, { secret_token: 'other' });
    expect((await hook.next()).secret).toBe('other');
  });

  it('brings max_connections into its range, and with an empty address removes the webhook', async () => {
    const { api } = await aGroup();
    const hook = await aWebhook();
    await api.setWebhook(hook.url, { max_connections: 900 });
    expect((await api.getWebhookInfo()).max_connections).toBe(100);
    await api.setWebhook('', { drop_pending_updates: true });
    expect(await api.getWebhookInfo()).toEqual({ url: '', has_custom_certificate: false, pending_update_count: 0 });
    expect(await api.getUpdates()).toEqual([]);
  });
});

it('nothing is delivered while Telegram is gone, and everything when it is back', async () => {
  const { hook, say, fake, delivery } = await withWebhook();
  fake.faults.goDown();
  say('said meanwhile');
  // A whole turn of the loop, in which it would have been sent.
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  expect(delivery()?.deliveredTimes ?? 0).toBe(0);
  fake.faults.comeBack();
  expect(textOf((await hook.next()).update)).toBe('said meanwhile');
});

describe('closing the fake', () => {
  it('ends deliveries under way and those that wait', async () => {
    const { fake, hook, say, sayThere, untilError, delivery, clock } = await withWebhook();
    say('waits');
    (await hook.next()).answer(503, { headers: { 'retry-after': '5' } });
    await untilError('503');
    sayThere('under way');
    await hook.next();
    await fake.close();
    clock.advance(HOUR_MS);
    expect(delivery()).toMatchObject({ deliveredTimes: 1 });
    expect(fake.record.deliveries.at(-2)).toMatchObject({ deliveredTimes: 1 });
  });
});

import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Update } from '@grammyjs/types';
import { describe, expect, it, vi } from 'vitest';
import { BOT_ID, aGroup, confirmAll } from '../../test/a-group.ts';
import { aWebhook, withWebhook } from '../../test/a-webhook.ts';

const HOUR_MS = 3_600_000;

const textOf = (update: Update) => update.message?.text;

async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('a webhook', () => {
  it('gets an update with the secret, and confirms it by any answer of success', async () => {
    const { hook, say, fake, delivery, clock } = await withWebhook({ secret_token: 'a_Secret-1' });
    say('hello');
    const request = await hook.next();
    expect(request.secret).toBe('a_Secret-1');
    expect(request.update.message).toMatchObject({ text: 'hello' });
    expect(delivery()).toMatchObject({ deliveredAtMs: clock.now(), deliveredTimes: 1 });
    expect(delivery()).not.toHaveProperty('confirmedAtMs');
    request.answer(204);
    await vi.waitUntil(() => delivery()?.confirmedAtMs === clock.now());
    expect(fake.record.deliveries.every(({ confirmedAtMs }) => confirmedAtMs !== undefined)).toBe(true);
  });

  it('gets what waited before it was set, unless told to drop it', async () => {
    const { api, say } = await aGroup();
    const hook = await aWebhook();
    await confirmAll(api);
    say('waited');
    await api.setWebhook(hook.url);
    expect((await hook.take(1)).map(textOf)).toEqual(['waited']);
    await api.deleteWebhook();
    say('dropped');
    await api.setWebhook(hook.url, { drop_pending_updates: true });
    say('fresh');
    expect((await hook.take(1)).map(textOf)).toEqual(['fresh']);
  });

  it('gets no secret when none was set, and only the kinds it asked for', async () => {
    const { api, human, chat, say } = await aGroup();
    const hook = await aWebhook();
    await confirmAll(api);
    await api.setWebhook(hook.url, { allowed_updates: ['chat_member', 'edited_message'] });
    const { message_id: id } = say('not asked for');
    human.edit({ chat, id, message: { text: 'edited' } });
    const request = await hook.next();
    expect(request.update.edited_message).toMatchObject({ text: 'edited' });
    expect(request.secret).toBeUndefined();
    request.answer(200);
  });

  it('has one update of a chat under way, and other chats meanwhile', async () => {
    const { hook, say, sayThere, fake } = await withWebhook();
    say('one');
    say('two');
    sayThere('elsewhere');
    const [first, second] = [await hook.next(), await hook.next()];
    expect([first, second].map(({ update }) => textOf(update))).toEqual(['one', 'elsewhere']);
    expect(fake.record.deliveries.slice(-3).map(({ deliveredTimes }) => deliveredTimes)).toEqual([1, 0, 1]);
    first.answer(200);
    expect((await hook.take(1)).map(textOf)).toEqual(['two']);
    second.answer(200);
  });

  it('has as many under way as it allows', async () => {
    const { hook, say, sayThere, delivery } = await withWebhook({ max_connections: 1 });
    say('one');
    sayThere('elsewhere');
    const first = await hook.next();
    expect(textOf(first.update)).toBe('one');
    expect(delivery()).toMatchObject({ deliveredTimes: 0 });
    first.answer(200);
    expect((await hook.take(1)).map(textOf)).toEqual(['elsewhere']);
  });

  it('keeps the order of every chat and its number of requests, though a third fails at first', async () => {
    const { api, human, owner, fake } = await aGroup();
    const chats = Array.from({ length: 6 }, (_, i) => {
      const chat = human.addChat({ type: 'supergroup', title: `Group ${i}`, owner: owner.id });
      human.promote({ chat, user: BOT_ID, by: owner.id, rights: { can_delete_messages: true } });
      return chat;
    });
    await confirmAll(api);
    const hook = await aWebhook();
    const said = Array.from({ length: 120 }, (_, i) => ({ chat: chats[(i * i) % 6] ?? 0, text: `${i}` }));
    for (const { chat, text } of said) human.talk({ chat, from: owner.id, message: { text } });
    await api.setWebhook(hook.url, { max_connections: 3 });

    const accepted: { chat: number; text: string | undefined }[] = [];
    const failed = new Set<number>();
    let most = 0;
    while (accepted.length < said.length) {
      const { update, answer } = await hook.next();
      most = Math.max(most, hook.waiting() + 1);
      const fails = update.update_id % 3 === 0 && !failed.has(update.update_id);
      if (fails) failed.add(update.update_id);
      else accepted.push({ chat: update.message?.chat.id ?? 0, text: textOf(update) });
      answer(fails ? 500 : 200);
    }
    for (const chat of chats) {
      const ofChat = (all: readonly { chat: unknown; text: string | undefined }[]) =>
        all.filter((one) => one.chat === chat).map(({ text }) => text);
      expect(ofChat(accepted)).toEqual(ofChat(said));
    }
    expect(failed.size).toBe(40);
    expect(most).toBeLessThanOrEqual(3);
    expect(fake.record.deliveries.filter(({ deliveredTimes }) => deliveredTimes === 2)).toHaveLength(40);
  });

  it('lets a press overtake a message of the same chat, as on Telegram', async () => {
    const { hook, say, api, human, chat, member } = await withWebhook();
    const reply_markup = { inline_keyboard: [[{ text: 'OK', callback_data: 'ok' }]] };
    const card = await api.sendMessage(chat, 'ok?', { reply_markup });
    say('slow');
    const slow = await hook.next();
    human.press({ chat, user: member.id, id: card.message_id, data: 'ok' });
    expect((await hook.take(1))[0]?.callback_query).toMatchObject({ data: 'ok' });
    slow.answer(200);
  });

  it('lets a chat that fails hold up the others once it fills twice the connections', async () => {
    const { hook, say, sayThere, delivery, clock, untilError } = await withWebhook({ max_connections: 1 });
    say('one');
    say('two');
    sayThere('elsewhere');
    (await hook.next()).answer(503, { headers: { 'retry-after': '5' } });
    await untilError('503');
    expect(delivery()).toMatchObject({ deliveredTimes: 0 });
    clock.advance(5000);
    expect((await hook.take(3)).map(textOf)).toEqual(['one', 'two', 'elsewhere']);
  });
});

describe('an update that fails', () => {
  it('is tried again at once, then after 2 and 4 seconds, before any later one of its chat', async () => {
    const { hook, say, fake, clock, untilError, untilErrorAt } = await withWebhook();
    say('one');
    say('two');
    const tries = () => fake.record.deliveries.at(-2)?.deliveredTimes;
    (await hook.next()).answer(500);
    (await hook.next()).answer(503);
    await untilError('503');
    clock.advance(1999);
    expect(tries()).toBe(2);
    clock.advance(1);
    (await hook.next()).answer(302, { headers: { location: '/elsewhere' } });
    await untilErrorAt(clock.now());
    clock.advance(3999);
    expect(tries()).toBe(3);
    clock.advance(1);
    expect((await hook.take(2)).map(textOf)).toEqual(['one', 'two']);
  });

  it('waits as long as Retry-After says', async () => {
    const { hook, say, clock, delivery, untilError } = await withWebhook();
    say('later');
    (await hook.next()).answer(503, { headers: { 'retry-after': '30' } });
    await untilError('503');
    clock.advance(29_999);
    expect(delivery()).toMatchObject({ deliveredTimes: 1 });
    clock.advance(1);
    expect((await hook.take(1)).map(textOf)).toEqual(['later']);
  });

  it('is dropped when its day is over', async () => {
    const { hook, say, clock, delivery, untilErrorAt } = await withWebhook();
    say('old');
    const request = await hook.next();
    clock.advance(24 * HOUR_MS + 1);
    request.answer(500);
    await untilErrorAt(clock.now());
    expect(delivery()).toMatchObject({ deliveredTimes: 1 });
    expect(delivery()).not.toHaveProperty('confirmedAtMs');
    say('new');
    expect((await hook.take(1)).map(textOf)).toEqual(['new']);
  });

  it('counts as failed when nobody answers within a minute', async () => {
    const { hook, say, clock, untilError } = await withWebhook();
    say('slow');
    await hook.next();
    clock.advance(60_000);
    await untilError('Read timeout expired');
    expect((await hook.take(1)).map(textOf)).toEqual(['slow']);
  });

  it('is shown by getWebhookInfo, with what still waits', async () => {
    const { api, hook, say, clock, untilError } = await withWebhook();
    say('one');
    say('two');
    clock.advance(5000);
    (await hook.next()).answer(502, { headers: { 'retry-after': '9' } });
    await untilError('Wrong response from the webhook: 502 Bad Gateway');
    expect(await api.getWebhookInfo()).toEqual({
      url: hook.url,
      has_custom_certificate: false,
      pending_update_count: 2,
      last_error_date: Math.floor(clock.now() / 1000),
      last_error_message: 'Wrong response from the webhook: 502 Bad Gateway',
      max_connections: 40,
    });
  });

  it('may find nobody there, or be hung up on', async () => {
    const { api, hook, say, untilError } = await withWebhook();
    say('x');
    (await hook.next()).hangUp();
    await untilError('Connection closed');
    await api.setWebhook(`http://127.0.0.1:${await unusedPort()}/`);
    await untilError('Connection refused');
    expect((await api.getWebhookInfo()).pending_update_count).toBe(1);
  });

  it('goes to getUpdates when the webhook is deleted', async () => {
    const { api, hook, say, sayThere } = await withWebhook();
    say('under way');
    sayThere('acknowledged');
    const [waiting, done] = [await hook.next(), await hook.next()];
    done.answer(200);
    await vi.waitUntil(async () => (await api.getWebhookInfo()).pending_update_count === 1);
    await api.deleteWebhook();
    waiting.answer(200);
    expect((await api.getUpdates()).map(textOf)).toEqual(['under way']);
  });
});

import { Bot, GrammyError } from 'grammy';
import { describe, expect, it } from 'vitest';
import { BOT_ID, TOKEN, aGroup, confirmAll, refusal, untilPolling } from '../../../test/a-group.ts';

const idsOf = (updates: { update_id: number }[]) => updates.map((update) => update.update_id);

describe('getUpdates', () => {
  it('feeds a grammY bot that answers a command in the group', async () => {
    const { apiRoot, human, chat, say, fake } = await aGroup();
    const bot = new Bot(TOKEN, { client: { apiRoot } });
    const answered = new Promise<void>((resolve) => {
      bot.command('ping', async (context) => {
        await context.reply('pong');
        resolve();
      });
    });
    const running = bot.start({ allowed_updates: ['message'] });
    say('/ping');
    await answered;
    await bot.stop();
    await running;
    const last = human.messages({ chat }).at(-1)?.message;
    expect(last).toMatchObject({ text: 'pong', from: { id: BOT_ID, is_bot: true } });
    expect(fake.record.deliveries.every(({ confirmedAtMs }) => confirmedAtMs !== undefined)).toBe(true);
  });

  it('gives at most 100 a call, and the rest after their offset is confirmed', async () => {
    const { api, human, chat, member } = await aGroup();
    await confirmAll(api);
    human.bulk(Array.from({ length: 150 }, (_, i) => ({ chat, from: member.id, message: { text: `${i}` } })));
    const first = await api.getUpdates();
    expect(first.map((update) => update.message?.text)).toEqual(Array.from({ length: 100 }, (_, i) => `${i}`));
    const second = await api.getUpdates({ offset: (first.at(-1)?.update_id ?? 0) + 1 });
    expect(second.map((update) => update.message?.text)).toEqual(Array.from({ length: 50 }, (_, i) => `${100 + i}`));
    expect(await api.getUpdates({ offset: (second.at(-1)?.update_id ?? 0) + 1 })).toEqual([]);
  });

  it('repeats what is not confirmed', async () => {
    const { api, say, fake } = await aGroup();
    say('hello');
    const once = await api.getUpdates();
    expect(await api.getUpdates()).toEqual(once);
    expect(fake.record.deliveries.at(-1)).toMatchObject({ deliveredTimes: 2 });
  });

  it('keeps only the newest for a negative offset', async () => {
    const { api, say } = await aGroup();
    say('a');
    say('b');
    say('c');
    const kept = await api.getUpdates({ offset: -2 });
    expect(kept.map((update) => update.message?.text)).toEqual(['b', 'c']);
    expect(idsOf(await api.getUpdates())).toEqual(idsOf(kept));
  });

  it('waits for the first update, and then hands out the whole burst', async () => {
    const { api, say, fake } = await aGroup();
    await confirmAll(api);
    const waiting = api.getUpdates({ timeout: 30 });
    await untilPolling(fake);
    say('one');
    say('two');
    expect((await waiting).map((update) => update.message?.text)).toEqual(['one', 'two']);
  });

  it('ends the first of two pollers with 409', async () => {
    const { api, say, fake } = await aGroup();
    await confirmAll(api);
    const first = refusal(api.getUpdates({ timeout: 30 }));
    await untilPolling(fake);
    const second = api.getUpdates({ timeout: 30 });
    expect(await first).toBe(
      '409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    );
    say('for the second');
    expect(await second).toHaveLength(1);
  });

  it('stops a running grammY bot when another one polls', async () => {
    const { apiRoot, api, fake, say } = await aGroup();
    await confirmAll(api);
    const bot = new Bot(TOKEN, { client: { apiRoot } });
    const running = bot.start().catch((error: unknown) => error);
    await untilPolling(fake);
    const other = api.getUpdates({ timeout: 30 });
    const ended = await running;
    expect(ended).toBeInstanceOf(GrammyError);
    expect((ended as GrammyError).error_code).toBe(409);
    say('for the other one');
    expect(await other).toHaveLength(1);
  });

  it('remembers which kinds were asked for, and by default leaves out chat_member', async () => {
    const { api, human, chat } = await aGroup();
    const [anna, boris] = [human.addUser({ first_name: 'Anna' }), human.addUser({ first_name: 'Boris' })];
    await confirmAll(api);
    human.join({ chat, user: anna.id });
    const byDefault = await api.getUpdates();
    expect(byDefault.map((update) => update.message?.new_chat_members?.[0]?.id)).toEqual([anna.id]);
    await api.getUpdates({ offset: (byDefault[0]?.update_id ?? 0) + 1, allowed_updates: ['chat_member'] });
    human.join({ chat, user: boris.id });
    const asked = await api.getUpdates();
    expect(asked).toHaveLength(1);
    expect(asked[0]?.chat_member).toMatchObject({
      from: { id: boris.id },
      old_chat_member: { status: 'left' },
      new_chat_member: { status: 'member', user: { id: boris.id } },
    });
  });

  it('forgets updates that nobody fetched for a day', async () => {
    const { api, say, clock } = await aGroup();
    say('old');
    clock.advance(25 * 3_600_000);
    say('new');
    expect((await api.getUpdates()).map((update) => update.message?.text)).toEqual(['new']);
  });

  it('is refused while a webhook is set, and setting one ends a poll', async () => {
    const { api, fake } = await aGroup();
    await confirmAll(api);
    const waiting = refusal(api.getUpdates({ timeout: 30 }));
    await untilPolling(fake);
    await api.setWebhook('https://bot.example/hook', { allowed_updates: ['message'] });
    expect(await waiting).toBe('409 Conflict: terminated by setWebhook request');
    expect(await refusal(api.getUpdates())).toBe(
      "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
    expect(await api.getWebhookInfo()).toEqual({
      url: 'https://bot.example/hook',
      has_custom_certificate: false,
      pending_update_count: 0,
      max_connections: 40,
      allowed_updates: ['message'],
    });
    await api.deleteWebhook();
    expect(await api.getUpdates()).toEqual([]);
  });

  it('drops pending updates when asked', async () => {
    const { api, say } = await aGroup();
    say('gone');
    await api.deleteWebhook({ drop_pending_updates: true });
    expect(await api.getUpdates()).toEqual([]);
    expect((await api.getWebhookInfo()).pending_update_count).toBe(0);
  });
});

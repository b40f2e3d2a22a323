import { describe, expect, test } from 'vitest';
import { TelegramError } from '../src/telegram/telegram-error.ts';
import type { TelegramApi } from '../src/telegram/telegram-api.ts';
import { aWorld, BOT_ID, startBot, until, type World } from './a-running-bot.ts';

const messageOf = ({ human, chat }: World, id: number) =>
  human.messages({ chat }).find((stored) => stored.message.message_id === id);
const isDeleted = (world: World, id: number) => messageOf(world, id)?.deletedAtMs !== undefined;
const statusOf = ({ human, chat }: World, user: number) =>
  human.members(chat).find((member) => member.user.id === user)?.status;
const botMessages = ({ human, chat }: World) =>
  human.messages({ chat }).filter((stored) => stored.message.from?.id === BOT_ID && stored.deletedAtMs === undefined);
const effects = ({ fake }: World, kind: string) => fake.record.effects.filter((effect) => effect.kind === kind);

describe('in a group that it enforces', () => {
  test('spam is deleted and its sender restricted, honest talk stays', async () => {
    const world = await aWorld();
    await startBot(world);
    const honest = world.say('tomatoes are ripe');
    const spam = world.say('spam: easy money');
    await until(() => statusOf(world, world.ann.id) === 'restricted');
    expect([isDeleted(world, honest.message_id), isDeleted(world, spam.message_id)]).toEqual([false, true]);
  });

  test('what was done is told once, with its outcome', async () => {
    const world = await aWorld();
    const { seen } = await startBot(world);
    world.say('spam');
    await until(() => seen.actions.length >= 2);
    expect(seen.actions).toMatchObject([
      { actionKind: 'deleteMessage', outcome: { result: 'done' } },
      { actionKind: 'restrict', outcome: { result: 'done' } },
    ]);
  });

  test('many messages of one spammer are deleted together and the spammer is sanctioned', async () => {
    const world = await aWorld();
    for (let n = 0; n < 40; n += 1) world.say(`spam ${n}`);
    await startBot(world);
    await until(() => effects(world, 'messageDeleted').length === 40);
    await until(() => statusOf(world, world.ann.id) === 'restricted');
    expect(effects(world, 'memberRestricted').length).toBeLessThan(5);
  });

  test('a channel that posts spam is banned as a channel', async () => {
    const world = await aWorld();
    const channel = world.human.addChat({ type: 'channel', title: 'Deals', owner: world.ann.id }) as number;
    await startBot(world);
    world.human.talk({ chat: world.chat, from: channel, message: { text: 'spam' } });
    await until(() => effects(world, 'senderChatBanned').length === 1);
    expect(effects(world, 'memberBanned')).toEqual([]);
  });

  test('an administrator is never touched', async () => {
    const world = await aWorld();
    const { seen } = await startBot(world);
    const said = world.say('spam, said for a joke', world.owner.id);
    await until(() => seen.verdicts.length === 1);
    expect(seen.events[0]?.sender.role).toBe('creator');
    expect(isDeleted(world, said.message_id)).toBe(false);
  });
});

describe('in a group that it only observes', () => {
  test('it says so once and touches nothing, and records what it would have done', async () => {
    const world = await aWorld();
    const { seen, store } = await startBot(world, { config: { DEFAULT_MODE: 'observe' } });
    const spam = world.say('spam');
    await until(() => botMessages(world).length === 1 && seen.verdicts.length === 1);
    const groupId = seen.verdicts[0]?.groupId ?? '';
    await until(() => seen.actions.length === 1);
    const decided = () => store.decisions.findDecision({ groupId, messageId: spam.message_id });
    await until(decided);
    const decision = await decided();
    expect(decision).toMatchObject({ mode: 'observe', band: 'act' });
    expect(decision?.actions.map((action) => action.kind)).toEqual(['deleteMessage', 'restrict']);
    expect(isDeleted(world, spam.message_id)).toBe(false);
    expect(botMessages(world)[0]?.message.text).toContain('only watch');
  });

  test('/mode enforce is obeyed by the next message', async () => {
    const world = await aWorld();
    const early = world.say('spam before');
    world.say('/mode enforce', world.owner.id);
    const late = world.say('spam after');
    const { seen } = await startBot(world, { config: { DEFAULT_MODE: 'observe' } });
    await until(() => isDeleted(world, late.message_id));
    expect(seen.events).toHaveLength(2);
    expect(isDeleted(world, early.message_id)).toBe(false);
  });
});

describe('a moderator decides', () => {
  async function asked() {
    const world = await aWorld();
    const parts = await startBot(world);
    const message = world.say('unsure about this offer');
    await until(() => botMessages(world).length === 1);
    const card = botMessages(world)[0]?.message as {
      message_id: number;
      reply_markup: { inline_keyboard: { callback_data: string }[][] };
    };
    const [ban = '', ham = ''] = card.reply_markup.inline_keyboard[0]?.map((button) => button.callback_data) ?? [];
    const press = (user: number, data: string) =>
      world.human.press({ chat: world.chat, user, id: card.message_id, data });
    return { ...parts, world, message, card, ban, ham, press };
  }

  test('one card asks, as a reply and without the text of the message', async () => {
    const { world, message } = await asked();
    const card = botMessages(world)[0]?.message;
    expect(card).toMatchObject({ reply_to_message: { message_id: message.message_id } });
    expect(card?.text).not.toContain('offer');
  });

  test('"Delete and ban" does both and closes the card', async () => {
    const { world, message, ban, press, seen } = await asked();
    press(world.owner.id, ban);
    await until(() => statusOf(world, world.ann.id) === 'kicked' && isDeleted(world, message.message_id));
    await until(() => botMessages(world)[0]?.message.reply_markup === undefined);
    await until(() => seen.verdicts.some((verdict) => verdict.stage === 'moderator'));
  });

  test('"Not spam" leaves the message and remembers it', async () => {
    const { world, message, ham, press, seen } = await asked();
    press(world.owner.id, ham);
    await until(() => botMessages(world)[0]?.message.reply_markup === undefined);
    await until(() => seen.verdicts.some((verdict) => verdict.stage === 'moderator' && verdict.band === 'allow'));
    expect(isDeleted(world, message.message_id)).toBe(false);
  });

  test('a member who presses is told that only administrators decide', async () => {
    const { world, ban, press, message } = await asked();
    press(world.ann.id, ban);
    await until(() => effects(world, 'pressAnswered').length === 1);
    expect(effects(world, 'pressAnswered')[0]?.text).toContain('Only administrators');
    expect(isDeleted(world, message.message_id)).toBe(false);
  });

  test('a second press on a decided card changes nothing', async () => {
    const { world, ban, ham, press } = await asked();
    // Both before the card can close under the second finger.
    press(world.owner.id, ham);
    press(world.owner.id, ban);
    await until(() => effects(world, 'pressAnswered').length === 2);
    expect(effects(world, 'pressAnswered')[1]?.text).toBe('Already decided.');
    expect(statusOf(world, world.ann.id)).toBe('member');
  });

  test('/spam by reply removes the message, its sender and the command', async () => {
    const world = await aWorld();
    await startBot(world);
    const missed = world.say('cheap watches');
    const command = world.say('/spam', world.owner.id, { reply_to: missed.message_id });
    await until(() => isDeleted(world, missed.message_id) && isDeleted(world, command.message_id));
    await until(() => statusOf(world, world.ann.id) === 'kicked');
  });

  test('/ham by reply lifts what was done to the sender', async () => {
    const world = await aWorld();
    const { seen } = await startBot(world);
    const kept = world.say('unsure, but honest');
    await until(() => botMessages(world).length === 1);
    world.say('/ham', world.owner.id, { reply_to: kept.message_id });
    await until(() => seen.verdicts.some((verdict) => verdict.stage === 'moderator'));
    await until(() => botMessages(world)[0]?.message.reply_markup === undefined);
  });

  test("a member's /spam is a message like any other", async () => {
    const world = await aWorld();
    const { seen } = await startBot(world);
    const said = world.say('hello');
    world.say('/spam', world.ann.id, { reply_to: said.message_id });
    await until(() => seen.events.length === 2);
    expect(isDeleted(world, said.message_id)).toBe(false);
  });
});

test('a flood of questions becomes some cards and one message with a count', async () => {
  const world = await aWorld();
  for (let n = 0; n < 40; n += 1) world.say(`unsure about offer ${n}`);
  const { seen } = await startBot(world);
  await until(() => seen.actions.length === 40);
  const texts = botMessages(world).map((stored) => stored.message.text ?? '');
  const counts = texts.map((text) => Number(/^(\d+) more messages/.exec(text)?.[1] ?? 0));
  const cards = botMessages(world).filter((stored) => stored.message.reply_markup !== undefined).length;
  expect(cards + counts.reduce((sum, count) => sum + count, 0)).toBe(40);
  expect(Math.max(...counts)).toBeGreaterThan(0);
});

describe('when Telegram makes trouble', () => {
  const failing = (method: keyof TelegramApi, failures: TelegramError[]) => (real: TelegramApi) => ({
    ...real,
    [method]: async (...args: never[]) => {
      const failure = failures.shift();
      if (failure) throw failure;
      return (real[method] as (...all: never[]) => unknown)(...args);
    },
  });

  test('a deletion without an answer is repeated', async () => {
    const world = await aWorld();
    await startBot(world, {
      api: failing('deleteMessage', [new TelegramError('deleteMessage', { kind: 'away', text: '502' })]),
    });
    const spam = world.say('spam');
    await until(() => isDeleted(world, spam.message_id));
  });

  test('a server without deleteMessages is asked message by message', async () => {
    const world = await aWorld();
    const unknown = () =>
      new TelegramError('deleteMessages', { kind: 'refused', code: 'methodUnknown', text: 'Not Found' });
    for (let n = 0; n < 5; n += 1) world.say(`spam ${n}`);
    await startBot(world, { api: failing('deleteMessages', Array.from({ length: 9 }, unknown)) });
    await until(() => effects(world, 'messageDeleted').length === 5);
  });

  test('events that could not be accepted are delivered again', async () => {
    const world = await aWorld();
    const { seen } = await startBot(world, {
      api: failing('getUpdates', [new TelegramError('getUpdates', { kind: 'away', text: '502' })]),
    });
    world.say('hello');
    await until(() => seen.events.length === 1);
  });

  test('a refused token ends the bot with what to do', async () => {
    const world = await aWorld();
    const { work } = await startBot(world, {
      api: failing('getMe', [
        new TelegramError('getMe', { kind: 'refused', code: 'unauthorized', text: 'Unauthorized' }),
      ]),
    });
    await expect(work).rejects.toThrow('TELEGRAM_BOT_TOKEN');
  });

  test('a webhook is named and left alone', async () => {
    const world = await aWorld();
    const api = (real: TelegramApi) => ({
      ...real,
      getWebhookInfo: async () => ({ ...(await real.getWebhookInfo()), url: 'https://hook.example' }),
    });
    const { work } = await startBot(world, { api });
    await expect(work).rejects.toThrow('https://hook.example');
  });

  test('TAKE_OVER_WEBHOOK removes it and polls', async () => {
    const world = await aWorld();
    const api = (real: TelegramApi) => ({
      ...real,
      getWebhookInfo: async () => ({ ...(await real.getWebhookInfo()), url: 'https://hook.example' }),
    });
    const { seen } = await startBot(world, { api, config: { TAKE_OVER_WEBHOOK: true } });
    world.say('hello');
    await until(() => seen.events.length === 1);
  });
});

describe('commands', () => {
  test('/privacy is answered in private', async () => {
    const world = await aWorld();
    await startBot(world);
    const chat = world.human.startBot({ user: world.ann.id, bot: BOT_ID });
    world.human.talk({ chat, from: world.ann.id, message: { text: '/privacy' } });
    await until(() =>
      world.human.messages({ chat }).some((stored) => stored.message.text?.includes('privacy@warden.example')),
    );
  });

  test('/status tells the mode and the rights', async () => {
    const world = await aWorld();
    await startBot(world);
    world.say('/status', world.owner.id);
    await until(() => botMessages(world).length === 1);
    expect(botMessages(world)[0]?.message.text).toMatch(/Mode: enforce[\s\S]*may delete messages and ban users/);
  });

  test.each([
    ['/help', 'enforce lets me act'],
    ['/mode', 'Mode is enforce'],
    ['/spam', 'as a reply'],
  ])('%s from an administrator is answered', async (command, words) => {
    const world = await aWorld();
    await startBot(world);
    world.say(command, world.owner.id);
    await until(() => botMessages(world).length === 1);
    expect(botMessages(world)[0]?.message.text).toContain(words);
  });

  test('ALLOWED_CHATS narrows what is moderated', async () => {
    const world = await aWorld();
    const { seen } = await startBot(world, { config: { ALLOWED_CHATS: '-1009999999999' } });
    const spam = world.say('spam');
    await until(() => world.fake.record.deliveries.every((delivery) => delivery.confirmedAtMs !== undefined));
    expect(seen.events).toEqual([]);
    expect(isDeleted(world, spam.message_id)).toBe(false);
  });
});

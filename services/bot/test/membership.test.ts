import { describe, expect, test } from 'vitest';
import { aWorld, BOT_ID, startBot, until, type World } from './a-running-bot.ts';

const messageOf = ({ human, chat }: World, id: number) =>
  human.messages({ chat }).find((stored) => stored.message.message_id === id);
const isDeleted = (world: World, id: number) => messageOf(world, id)?.deletedAtMs !== undefined;
const statusOf = ({ human, chat }: World, user: number) =>
  human.members(chat).find((member) => member.user.id === user)?.status;
const effects = ({ fake }: World, kind: string) => fake.record.effects.filter((effect) => effect.kind === kind);

test('a policy that somebody else changes is followed, without a command or a new group', async () => {
  const world = await aWorld();
  const { store, seen } = await startBot(world);
  world.say('hello');
  await until(() => seen.events.length === 1);
  const [group] = await store.groups.listGroups();
  const { revision } = await store.settings.changePolicy(group?.groupId ?? '', (policy) => ({
    ...policy,
    mode: 'observe',
  }));
  await until(() => {
    world.say('are you there?');
    return seen.events.some((event) => event.revision >= revision);
  });
  const spam = world.say('spam');
  await until(() => seen.verdicts.some((verdict) => verdict.band === 'act'));
  const decided = () => store.decisions.findDecision({ groupId: group?.groupId ?? '', messageId: spam.message_id });
  await until(decided);
  expect(await decided()).toMatchObject({ mode: 'observe' });
});

describe('rights that come and go', () => {
  const rights = (world: World, may: boolean) =>
    world.human.promote({
      chat: world.chat,
      user: BOT_ID,
      by: world.owner.id,
      rights: may ? { can_delete_messages: true, can_restrict_members: true } : { can_invite_users: true },
    });

  test('what could not be done without rights is done as soon as they are back', async () => {
    const world = await aWorld();
    const { store, seen } = await startBot(world);
    rights(world, false);
    const spam = world.say('spam');
    await until(() => seen.verdicts.length === 1);
    await until(() => world.fake.record.apiCalls.some((call) => call.method === 'deleteMessage'));
    await until(async () => (await store.ledger.countByState()).sending === 0);
    expect(isDeleted(world, spam.message_id)).toBe(false);
    rights(world, true);
    await until(() => isDeleted(world, spam.message_id) && statusOf(world, world.ann.id) === 'restricted');
    expect(effects(world, 'messageDeleted')).toHaveLength(1);
  });

  test('a bot that is removed says so once; added again, it goes on with the same group', async () => {
    const world = await aWorld();
    const lines: string[] = [];
    const { store, seen } = await startBot(world, { log: (line) => lines.push(line) });
    world.say('hello');
    await until(() => seen.events.length === 1);
    const [before] = await store.groups.listGroups();
    world.human.kick({ chat: world.chat, user: BOT_ID, by: world.owner.id });
    const gone = () => lines.filter((line) => line.includes('not in this group any more'));
    await until(() => gone().length === 1);
    world.human.join({ chat: world.chat, user: BOT_ID, by: world.owner.id });
    rights(world, true);
    const spam = world.say('spam');
    await until(() => isDeleted(world, spam.message_id));
    expect((await store.groups.listGroups()).map(({ groupId }) => groupId)).toEqual([before?.groupId]);
    expect(gone()).toHaveLength(1);
  });
});

describe('two bots of one installation in a group', () => {
  test('the first moderates, the second says once that it does not', async () => {
    const world = await aWorld();
    const { store, keys, seen } = await startBot(world);
    world.say('hello');
    await until(() => seen.events.length === 1);
    const token = '200:token-of-the-second';
    const second = world.human.addBot({ token, username: 'second_bot' });
    world.human.join({ chat: world.chat, user: second.id, by: world.owner.id });
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    const other = await startBot(world, { token, store, keys, log, holderName: 'second' });
    for (const text of ['one', 'two', 'spam']) world.say(text);
    await until(() => effects(world, 'messageDeleted').length === 1);
    await until(() => world.fake.record.deliveries.every((delivery) => delivery.confirmedAtMs !== undefined));
    expect(other.seen.events).toEqual([]);
    expect(lines.filter((line) => line.includes('another bot of this installation'))).toHaveLength(1);
    await until(() => effects(world, 'memberRestricted').length > 0);
    expect(effects(world, 'memberRestricted')).toHaveLength(1);
  });
});

test('a group that becomes a supergroup stays the same group, and is moderated on', async () => {
  const world = await aWorld();
  const { human, owner, ann } = world;
  const old = human.addChat({ type: 'group', title: 'Small talk', owner: owner.id }) as number;
  for (const user of [ann.id, BOT_ID]) human.join({ chat: old, user, by: owner.id });
  const rights = { can_delete_messages: true, can_restrict_members: true };
  human.promote({ chat: old, user: BOT_ID, by: owner.id, rights });
  const { store, seen } = await startBot(world);
  human.talk({ chat: old, from: owner.id, message: { text: 'hello' } });
  await until(() => seen.events.length === 1);
  const chat = human.migrate({ chat: old, by: owner.id }) as number;
  const spam = human.talk({ chat, from: ann.id, message: { text: 'spam' } });
  await until(() => isDeleted({ ...world, chat }, spam.message_id));
  const groups = (await store.groups.listGroups()).filter(({ title }) => title === 'Small talk');
  expect(groups.map(({ groupId, chatId }) => [groupId, chatId])).toEqual([[seen.events[0]?.groupId, chat]]);
});

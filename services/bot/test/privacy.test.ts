import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFolderKeys, sealText } from '@chatwarden/keys';
import { describe, expect, test } from 'vitest';
import { aWorld, BOT_ID, startBot, until, type World } from './a-running-bot.ts';

type Parts = Awaited<ReturnType<typeof startBot>>;

/** A spammer whose message was deleted, with its text kept as detection keeps it, in a private chat with the bot. */
async function aSpammer(text = 'spam: earn 500 a day') {
  const world = await aWorld();
  const parts = await startBot(world);
  world.say(text);
  await until(() => parts.seen.actions.length >= 2);
  const [verdict] = parts.seen.verdicts;
  if (!verdict) throw new Error('no verdict');
  const { id: verdictId, eventId, groupId, judgedAt: at } = verdict;
  const key = await parts.keys.key(groupId, 'seal');
  const sealed = sealText(key, { groupId, rowId: verdictId }, JSON.stringify({ text }));
  await parts.store.evidence.saveEvidence([{ verdictId, eventId, groupId, at, sealed }]);
  return { world, groupId, verdictId, ...parts };
}

/** Says it in private, and resolves to the bot's answer. */
async function ask({ human }: World, user: number, text: string): Promise<string> {
  const chat = `${user}:${BOT_ID}` as const;
  const answers = () => human.messages({ chat }).filter((stored) => stored.message.from?.id === BOT_ID);
  if (!human.chats().some((known) => known.key === chat)) {
    human.startBot({ user, bot: BOT_ID });
    await until(() => answers().length === 1);
  }
  const before = answers().length;
  human.talk({ chat, from: user, message: { text } });
  await until(() => answers().length > before);
  return answers().at(-1)?.message.text ?? '';
}

const inGroup = ({ human, chat }: World) =>
  human
    .messages({ chat })
    .filter((stored) => stored.message.from?.id === BOT_ID)
    .map((stored) => stored.message.text);

describe('/mydata', () => {
  test('tells what is kept, the texts as well, to the person alone', async () => {
    const { world } = await aSpammer();
    const answer = await ask(world, world.ann.id, '/mydata');
    expect(answer).toContain('Balcony gardeners');
    expect(answer).toContain('1 messages were judged spam');
    expect(answer).toContain('spam: earn 500 a day');
    expect(answer).toMatch(/a restriction until 20\d\d-/);
    expect(await ask(world, world.owner.id, '/mydata')).toBe('Nothing is kept about you.');
  });

  test('is cut where Telegram takes no more', async () => {
    const long = await aSpammer(`spam ${'x'.repeat(3000)}`);
    const answer = await ask(long.world, long.world.ann.id, '/mydata');
    expect([answer.length < 1000, answer.includes('xxx')]).toEqual([true, true]);
  });
});

describe('/forget', () => {
  test('asks first, forgets then, and keeps what a restriction needs', async () => {
    const { world, store, groupId, verdictId } = await aSpammer();
    expect(await ask(world, world.ann.id, '/forget')).toContain('/forget yes');
    expect(await store.evidence.readEvidence(groupId, verdictId)).not.toBeNull();
    expect(await ask(world, world.ann.id, '/forget yes')).toMatch(/Forgotten\. In 1 group/);
    expect(await store.evidence.readEvidence(groupId, verdictId)).toBeNull();
    expect(await ask(world, world.ann.id, '/mydata')).toMatch(/restriction until/);
    expect(await ask(world, world.owner.id, '/forget yes')).toContain('Nothing was kept');
  });
});

describe('/erase', () => {
  const groupIds = async ({ store }: Pick<Parts, 'store'>) =>
    (await store.groups.listGroups()).map((group) => group.groupId);

  test('destroys the keys and every row, and the bot leaves', async () => {
    const { world, store, keys, groupId } = await aSpammer();
    world.say('/erase', world.owner.id);
    await until(() => inGroup(world).some((text) => text?.includes('/erase everything')));
    expect(await groupIds({ store })).toEqual([groupId]);
    world.say('/erase everything', world.owner.id);
    await until(() => !world.human.members(world.chat).some((member) => member.user.id === BOT_ID && isIn(member)));
    await expect(keys.key(groupId, 'seal')).rejects.toMatchObject({ code: 'keyDestroyed' });
    expect(await groupIds({ store })).toEqual([]);
    expect((await store.purges.listPurges(1))[0]).toMatchObject({ what: 'group', groupId });
  });

  test('is obeyed from the owner only', async () => {
    const { world, store, groupId } = await aSpammer();
    const admin = world.human.addUser({ first_name: 'Adam' });
    world.human.join({ chat: world.chat, user: admin.id });
    world.human.promote({
      chat: world.chat,
      user: admin.id,
      by: world.owner.id,
      rights: { can_restrict_members: true, can_delete_messages: true },
    });
    world.say('/erase everything', admin.id);
    await until(() => inGroup(world).some((text) => text?.includes('Only the owner')));
    expect(await groupIds({ store })).toEqual([groupId]);
  });

  test('is finished when it was interrupted, or when a backup brought the rows back', async () => {
    const { world, store, keys, groupId, stop } = await aSpammer();
    await stop();
    await keys.destroy(groupId);
    const { seen } = await startBot(world, { store, keys });
    world.say('hello again', world.owner.id);
    await until(() => seen.events.length === 1);
    const now = await groupIds({ store });
    expect([now.length, now.includes(groupId)]).toEqual([1, false]);
    expect(await store.purges.listPurges(1)).toMatchObject([{ what: 'group', groupId }]);
  });

  test('makes the chat a new group when the bot is added again', async () => {
    const { world, store, groupId, seen } = await aSpammer();
    world.say('/erase everything', world.owner.id);
    await until(() => !world.human.members(world.chat).some((member) => member.user.id === BOT_ID && isIn(member)));
    world.human.join({ chat: world.chat, user: BOT_ID });
    world.human.promote({ chat: world.chat, user: BOT_ID, by: world.owner.id, rights: { can_delete_messages: true } });
    world.say('hello again', world.owner.id);
    await until(() => seen.events.some((event) => event.groupId !== groupId));
    expect(await groupIds({ store })).not.toContain(groupId);
  });
});

const isIn = ({ status }: { status: string }) => status !== 'left' && status !== 'kicked';

describe('a group that another process erased', () => {
  test('is forgotten within moments: its chat is a new group with keys of its own', async () => {
    const world = await aWorld();
    const folder = mkdtempSync(join(tmpdir(), 'chatwarden-keys-'));
    const { store, seen } = await startBot(world, { keys: createFolderKeys({ dir: folder }) });
    world.say('before');
    await until(() => seen.events.length === 1);
    const [before] = seen.events;
    const erased = before?.groupId ?? '';
    await createFolderKeys({ dir: folder }).destroy(erased);
    await store.purges.eraseGroup(erased);
    const later = () => seen.events.filter(({ groupId }) => groupId !== erased);
    await until(async () => {
      world.say('after');
      return later().length > 0;
    });
    expect(later()[0]?.sender.key).not.toBe(before?.sender.key);
    expect((await store.groups.listGroups()).map(({ groupId }) => groupId)).toEqual([later()[0]?.groupId]);
  });
});

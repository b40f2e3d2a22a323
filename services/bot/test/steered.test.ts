/** A group that somebody steers from outside: its owner says who may, and what is set there nobody changes here. */
import { describe, expect, test } from 'vitest';
import { aWorld, BOT_ID, startBot, until, type World } from './a-running-bot.ts';

const CLAIMANT = 'team-a/gardeners';

const answers = ({ human, chat }: World) =>
  human
    .messages({ chat })
    .filter((stored) => stored.message.from?.id === BOT_ID)
    .map((stored) => stored.message.text ?? '');

/** Says it and resolves to the bot's answer. */
async function ask(world: World, text: string, from = world.owner.id): Promise<string> {
  const before = answers(world).length;
  world.say(text, from);
  await until(() => answers(world).length > before);
  return answers(world).at(-1) ?? '';
}

async function aClaimedGroup() {
  const world = await aWorld();
  const { store, ...parts } = await startBot(world);
  const open = (claimant = CLAIMANT, at = Date.now()) => store.claims.openClaim({ chatId: world.chat, claimant, at });
  return { world, store, open, ...parts };
}

describe('/claim', () => {
  test('of the owner proves a claim, and says so again when it is said again', async () => {
    const { world, open } = await aClaimedGroup();
    const { code } = await open();
    expect(await ask(world, '/claim')).toContain('the code that you were given');
    expect(await ask(world, '/claim AAAA-AAAA')).toContain('not a code for this group');
    expect(await ask(world, `/claim ${code?.toLowerCase()}`)).toContain('may set up my work in this group');
    expect(await open()).toEqual({ state: 'proven', claimant: CLAIMANT });
    expect(await ask(world, `/claim ${code}`)).toContain('may set up my work in this group');
    const theirs = await open('team-b/cooks');
    expect(theirs.state).toBe('taken');
    expect(await ask(world, '/claim BBBB-BBBB')).toContain('has to let go of it first');
  });

  test('with a code that is too old asks for a new one', async () => {
    const { world, open } = await aClaimedGroup();
    const { code } = await open(CLAIMANT, Date.now() - 30 * 86_400_000);
    expect(await ask(world, `/claim ${code}`)).toContain('not valid any more');
  });

  test('is for the owner alone, and stands in /help', async () => {
    const { world, open } = await aClaimedGroup();
    const { code } = await open();
    const admin = world.human.addUser({ first_name: 'Adam' });
    world.human.join({ chat: world.chat, user: admin.id });
    world.human.promote({
      chat: world.chat,
      user: admin.id,
      by: world.owner.id,
      rights: { can_restrict_members: true, can_delete_messages: true },
    });
    expect(await ask(world, `/claim ${code}`, admin.id)).toBe('Only the owner of the group can do this.');
    expect(await open()).toMatchObject({ state: 'open', code });
    expect(await ask(world, '/help')).toContain('/claim - owner only');
  });
});

test('/mode says by whom the mode is set when it is not for administrators to change', async () => {
  const { world, store } = await aClaimedGroup();
  expect(await ask(world, '/mode')).toContain('Mode is enforce');
  const [group] = await store.groups.listGroups();
  await store.policyLocks.lockPolicy(group?.groupId ?? '', { mode: 'enforce' }, CLAIMANT);
  expect(await ask(world, '/mode observe')).toBe(
    `Mode stays enforce: mode is set by ${CLAIMANT} and can only be changed there.`,
  );
  await store.policyLocks.unlockPolicy(group?.groupId ?? '');
  expect(await ask(world, '/mode observe')).toContain('Mode is observe now');
});

test('the bot is listed as a publisher with the routes that it has read, until it stops', async () => {
  const { store, stop } = await aClaimedGroup();
  const listed = () => store.publishers.publishersBehind(Number.MAX_SAFE_INTEGER, Date.now());
  await until(async () => (await listed()).length === 1);
  const { revision } = await store.settings.settingsSince(0);
  await until(async () => (await listed())[0]?.revision === revision);
  expect(await listed()).toMatchObject([{ name: 'test', revision, expired: false }]);
  await stop();
  expect(await listed()).toEqual([]);
});

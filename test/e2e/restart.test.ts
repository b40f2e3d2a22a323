import type { FakeTelegram } from '@chatwarden/fake-telegram';
import { expect, test } from 'vitest';
import { aCommunity, aDataDir, startApp, until } from './a-community.ts';

test('a restart on the same folder carries on with what it knew', async () => {
  const dir = aDataDir();
  const first = await aCommunity({ DATA_DIR: dir });
  first.fake.human.talk({ chat: first.chat, from: first.member, message: { text: 'the roses bloom this week' } });
  await until(async () => (await first.app.logStore.search({ limit: 1 })).events.length === 1);
  const [group] = await first.app.store.groups.listGroups();
  await first.app.stop();

  const second = await startApp({ DATA_DIR: dir });
  expect((await second.store.groups.listGroups()).map(({ groupId }) => groupId)).toEqual([group?.groupId]);
  expect((await second.logStore.search({ limit: 5 })).events).toHaveLength(1);
});

test('a second process on the same folder is refused and says who holds it', async () => {
  const dir = aDataDir();
  await startApp({ DATA_DIR: dir });
  await expect(startApp({ DATA_DIR: dir })).rejects.toThrow(String(process.pid));
});

test('a real group on a Bot API server of its own: observed first, enforced when asked for', async () => {
  const telegram = await startApp();
  const { human } = telegram.fake as FakeTelegram;
  const owner = human.addUser({ first_name: 'Olga' }).id;
  const spammer = human.addUser({ first_name: 'Lucky' }).id;
  const token = '4242:a-token-of-another-bot';
  const bot = human.addBot({ token, username: 'my_bot' }).id;
  const chat = human.addChat({ type: 'supergroup', title: 'Real group', owner }) as number;
  human.join({ chat, user: spammer });
  human.promote({ chat, user: bot, by: owner, rights: { can_delete_messages: true, can_restrict_members: true } });

  const app = await startApp({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: telegram.apiRoot ?? '' });
  const spam = () =>
    human.talk({ chat, from: spammer, message: { text: 'FREE CASINO BONUS 500$ today only t.me/lucky_bonus_bot' } });
  const isDeleted = (id: number) =>
    human.messages({ chat }).some((one) => one.message.message_id === id && one.deletedAtMs !== undefined);
  const observed = spam();
  await until(async () => (await app.logStore.search({ band: 'act', limit: 1 })).events.length === 1);
  human.talk({ chat, from: owner, message: { text: '/mode enforce' } });
  await until(async () => (await app.store.groups.listGroups())[0]?.policy.mode === 'enforce');
  const enforced = spam().message_id;
  await until(() => isDeleted(enforced));
  expect(app.fake).toBeUndefined();
  expect(observed.message_id).toBeLessThan(enforced);
});

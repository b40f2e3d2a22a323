import { describe, expect, it } from 'vitest';
import { BOT_ID, aGroup, confirmAll, refusal } from '../../test/a-group.ts';

describe('a private chat', () => {
  it('whose bot is blocked refuses it with 403, and tells it', async () => {
    const { api, human, member } = await aGroup();
    const pair = { user: member.id, bot: BOT_ID };
    const chat = human.startBot(pair);
    await confirmAll(api);
    human.block(pair);
    expect(await api.getUpdates()).toMatchObject([
      {
        my_chat_member: {
          chat: { id: member.id, type: 'private' },
          from: { id: member.id },
          old_chat_member: { status: 'member' },
          new_chat_member: { status: 'kicked', until_date: 0, user: { id: BOT_ID } },
        },
      },
    ]);
    expect(await refusal(api.sendMessage(member.id, 'x'))).toBe('403 Forbidden: bot was blocked by the user');
    expect(() => human.talk({ chat, from: member.id, message: { text: 'x' } })).toThrow('has blocked the bot');
    expect(() => human.block(pair)).toThrow('blocked already');
  });

  it('is open again when the person unblocks or starts the bot', async () => {
    const { api, human, member } = await aGroup();
    const pair = { user: member.id, bot: BOT_ID };
    human.startBot(pair);
    human.block(pair);
    await confirmAll(api);
    human.startBot(pair);
    const told = await api.getUpdates();
    expect(told[0]?.my_chat_member).toMatchObject({
      old_chat_member: { status: 'kicked' },
      new_chat_member: { status: 'member' },
    });
    expect(told[1]?.message).toMatchObject({ text: '/start' });
    expect((await api.sendMessage(member.id, 'welcome back')).text).toBe('welcome back');
    human.block(pair);
    human.unblock(pair);
    expect(() => human.unblock(pair)).toThrow('not blocked');
  });
});

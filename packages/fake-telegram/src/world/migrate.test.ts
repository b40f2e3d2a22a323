import { describe, expect, it } from 'vitest';
import { BOT_ID, TOKEN, aGroup, confirmAll, refusal } from '../../test/a-group.ts';

describe('a group that becomes a supergroup', () => {
  it('is told to the bot as its coming into the supergroup, and by a message in each', async () => {
    const { api, human, chat, owner, fake } = await aGroup({ type: 'group' });
    await confirmAll(api);
    const successor = human.migrate({ chat }) as number;
    expect(successor).toBeLessThan(-1_000_000_000_000);
    expect(await api.getUpdates()).toMatchObject([
      {
        my_chat_member: {
          chat: { id: successor, type: 'supergroup', title: 'Neighbours' },
          old_chat_member: { status: 'left' },
          new_chat_member: { status: 'administrator', can_delete_messages: true, user: { id: BOT_ID } },
        },
      },
      { message: { chat: { id: chat, type: 'group' }, from: { id: owner.id }, migrate_to_chat_id: successor } },
      { message: { chat: { id: successor }, sender_chat: { id: successor }, migrate_from_chat_id: chat } },
    ]);
    expect(fake.record.effects).toContainEqual(
      expect.objectContaining({ kind: 'chatMigrated', chatId: chat, toChatId: successor, byId: owner.id }),
    );
  });

  it('answers calls to the old id with the new one', async () => {
    const { api, apiRoot, human, chat, member } = await aGroup({ type: 'group' });
    const successor = human.migrate({ chat });
    const refused = '400 Bad Request: group chat was upgraded to a supergroup chat';
    expect(await refusal(api.sendMessage(chat, 'x'))).toBe(refused);
    expect(await refusal(api.banChatMember(chat, member.id))).toBe(refused);
    expect(await refusal(api.getChat(chat))).toBe(refused);
    const raw = await fetch(`${apiRoot}/bot${TOKEN}/getChatMember?chat_id=${chat}&user_id=${member.id}`);
    expect(await raw.json()).toEqual({
      ok: false,
      error_code: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: successor },
    });
  });

  it('goes on there with the same people and rights', async () => {
    const { api, human, chat, member, say } = await aGroup({ type: 'group' });
    const successor = human.migrate({ chat }) as number;
    await confirmAll(api);
    const said = human.talk({ chat: successor, from: member.id, message: { text: 'still here' } });
    expect((await api.getUpdates())[0]?.message).toMatchObject({ text: 'still here', chat: { id: successor } });
    await api.deleteMessage(successor, said.message_id);
    await api.restrictChatMember(successor, member.id, {});
    expect(await api.getChatMemberCount(successor)).toBe(3);
    expect(() => say('to the old one')).toThrow(`has become supergroup ${successor}`);
    expect(human.messages({ chat }).at(-1)?.message).toMatchObject({ migrate_to_chat_id: successor });
  });

  it('must be a basic group', async () => {
    const { human, chat } = await aGroup();
    expect(() => human.migrate({ chat })).toThrow('no basic group');
  });
});

import { describe, expect, it } from 'vitest';
import { BOT_ID, START_S, aGroup, confirmAll, refusal } from '../../test/a-group.ts';

const EVERYTHING = ['message', 'chat_member', 'my_chat_member'] as const;

/** A group whose bot has seen everything so far, and hears of every change. */
async function aListener(type: 'group' | 'supergroup' = 'supergroup') {
  const group = await aGroup({ type });
  await confirmAll(group.api);
  await group.api.getUpdates({ allowed_updates: EVERYTHING });
  let offset = 0;
  const heard = async () => {
    const updates = await group.api.getUpdates({ offset });
    offset = (updates.at(-1)?.update_id ?? offset - 1) + 1;
    return updates;
  };
  return { ...group, heard };
}

describe('coming and going', () => {
  it('is told twice: who became what, and a service message', async () => {
    const { human, chat, heard } = await aListener();
    const anna = human.addUser({ first_name: 'Anna' });
    human.join({ chat, user: anna.id });
    human.leave({ chat, user: anna.id });
    expect(await heard()).toMatchObject([
      { chat_member: { from: { id: anna.id }, date: START_S, old_chat_member: { status: 'left' } } },
      { message: { from: { id: anna.id }, new_chat_members: [{ id: anna.id }] } },
      { chat_member: { old_chat_member: { status: 'member' }, new_chat_member: { status: 'left' } } },
      { message: { from: { id: anna.id }, left_chat_member: { id: anna.id } } },
    ]);
  });

  it('names the one who added or banned somebody', async () => {
    const { human, chat, heard, owner } = await aListener();
    const anna = human.addUser({ first_name: 'Anna' });
    human.join({ chat, user: anna.id, by: owner.id });
    human.kick({ chat, user: anna.id, by: owner.id });
    const updates = await heard();
    expect(updates.map(({ message, chat_member: change }) => (message ?? change)?.from?.id)).toEqual(
      Array.from({ length: 4 }, () => owner.id),
    );
    expect(updates[2]?.chat_member?.new_chat_member).toMatchObject({ status: 'kicked', until_date: 0 });
  });

  it('is a service message only, for a bot without rights', async () => {
    const { human, chat, heard, owner } = await aListener();
    human.demote({ chat, user: BOT_ID, by: owner.id });
    await heard();
    human.join({ chat, user: human.addUser({ first_name: 'Anna' }).id });
    expect((await heard()).map((update) => Object.keys(update)[1])).toEqual(['message']);
  });
});

describe('rights', () => {
  it('taken from the bot are told to it, and what needed them is refused', async () => {
    const { api, human, chat, say, member, heard, owner, fake } = await aListener();
    const { message_id: id } = say('spam');
    await heard();
    human.demote({ chat, user: BOT_ID, by: owner.id });
    expect(await heard()).toMatchObject([
      {
        my_chat_member: {
          from: { id: owner.id },
          old_chat_member: { status: 'administrator', can_delete_messages: true },
          new_chat_member: { status: 'member' },
        },
      },
    ]);
    expect(fake.record.effects.at(-1)).toMatchObject({ kind: 'memberDemoted', userId: BOT_ID, byId: owner.id });
    expect(await refusal(api.deleteMessage(chat, id))).toBe("400 Bad Request: message can't be deleted");
    expect(await refusal(api.banChatMember(chat, member.id))).toContain('not enough rights');
    say('not heard any more: privacy mode');
    expect(await heard()).toEqual([]);
    expect(() => human.demote({ chat, user: BOT_ID })).toThrow('no administrator');
  });

  it('given back work again, one by one', async () => {
    const { api, human, chat, say, member, heard, owner } = await aListener();
    human.demote({ chat, user: BOT_ID, by: owner.id });
    human.promote({ chat, user: BOT_ID, by: owner.id, rights: { can_delete_messages: true } });
    expect((await heard()).at(-1)?.my_chat_member).toMatchObject({
      old_chat_member: { status: 'member' },
      new_chat_member: { status: 'administrator', can_delete_messages: true, can_restrict_members: false },
    });
    expect(await api.deleteMessage(chat, say('spam').message_id)).toBe(true);
    expect(await refusal(api.banChatMember(chat, member.id))).toContain('not enough rights');
  });

  it('to speak can be taken from the bot, and be given back', async () => {
    const { api, human, chat, heard, owner } = await aListener();
    human.restrict({ chat, user: BOT_ID, by: owner.id, permissions: { can_send_photos: true } });
    expect((await heard())[0]?.my_chat_member?.new_chat_member).toMatchObject({
      status: 'restricted',
      is_member: true,
    });
    expect(await refusal(api.sendMessage(chat, 'x'))).toBe(
      '400 Bad Request: not enough rights to send text messages to the chat',
    );
    human.pardon({ chat, user: BOT_ID, by: owner.id });
    expect((await api.sendMessage(chat, 'thanks')).text).toBe('thanks');
  });

  it("of members are the people's to take, too: the bot is told", async () => {
    const { human, chat, heard, owner, member, say } = await aListener();
    human.restrict({ chat, user: member.id, by: owner.id, permissions: {}, until_date: START_S + 60 });
    human.kick({ chat, user: member.id, by: owner.id });
    human.pardon({ chat, user: member.id, by: owner.id });
    const statuses = (await heard()).flatMap(({ chat_member: change }) => change?.new_chat_member.status ?? []);
    expect(statuses).toEqual(['restricted', 'kicked', 'left']);
    expect(() => human.pardon({ chat, user: member.id })).toThrow('neither banned nor restricted');
    expect(() => say('x')).toThrow('is not a member');
  });
});

describe('a bot that is removed', () => {
  it.each(['group', 'supergroup'] as const)(
    'from a %s is told so, is refused with 403, and hears no more',
    async (type) => {
      const { api, human, chat, say, heard, owner } = await aListener(type);
      human.kick({ chat, user: BOT_ID, by: owner.id });
      expect(await heard()).toMatchObject([
        { my_chat_member: { from: { id: owner.id }, new_chat_member: { status: 'kicked' } } },
        { message: { left_chat_member: { id: BOT_ID } } },
      ]);
      expect(await refusal(api.sendMessage(chat, 'x'))).toBe(`403 Forbidden: bot was kicked from the ${type} chat`);
      expect(await refusal(api.getChat(chat))).toContain('403');
      say('behind its back');
      expect(await heard()).toEqual([]);
    },
  );

  it('is told when it is added again, and works without the rights it had', async () => {
    const { api, human, chat, say, heard, owner } = await aListener();
    human.kick({ chat, user: BOT_ID, by: owner.id });
    const { message_id: id } = say('behind its back');
    await heard();
    human.join({ chat, user: BOT_ID, by: owner.id });
    expect(await heard()).toMatchObject([
      { my_chat_member: { old_chat_member: { status: 'kicked' }, new_chat_member: { status: 'member' } } },
      { message: { new_chat_members: [{ id: BOT_ID }] } },
    ]);
    expect((await api.sendMessage(chat, 'back')).text).toBe('back');
    expect(await refusal(api.deleteMessage(chat, id))).toBe("400 Bad Request: message can't be deleted");
  });
});

describe('a message that a person deletes', () => {
  it('is gone without the bot being told: it finds out when it calls', async () => {
    const { api, human, chat, say, member, heard, fake } = await aListener();
    const { message_id: id } = say('regretted');
    await heard();
    human.deleteMessage({ chat, id, by: member.id });
    expect(await heard()).toEqual([]);
    expect(fake.record.effects.at(-1)).toMatchObject({ kind: 'messageDeleted', messageId: id, byId: member.id });
    expect(await refusal(api.deleteMessage(chat, id))).toBe('400 Bad Request: message to delete not found');
    expect(await refusal(api.sendMessage(chat, 'x', { reply_parameters: { message_id: id } }))).toBe(
      '400 Bad Request: message to be replied not found',
    );
    expect(() => human.deleteMessage({ chat, id, by: member.id })).toThrow('there is no message');
  });

  it("may be the bot's own, if an administrator does it", async () => {
    const { api, human, chat, owner, member } = await aListener();
    const card = await api.sendMessage(chat, 'ok?');
    expect(() => human.deleteMessage({ chat, id: card.message_id, by: member.id })).toThrow('may not delete');
    human.deleteMessage({ chat, id: card.message_id, by: owner.id });
    expect(await refusal(api.editMessageText(chat, card.message_id, 'done'))).toBe(
      '400 Bad Request: message to edit not found',
    );
  });
});

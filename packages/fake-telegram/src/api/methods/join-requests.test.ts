import { describe, expect, it } from 'vitest';
import { BOT_ID, aGroup, confirmAll, refusal } from '../../../test/a-group.ts';

/** A supergroup that has to be asked, a bot that may let people in, and somebody outside. */
async function aGate() {
  const group = await aGroup();
  const { human, api, owner } = group;
  const gate = human.addChat({ type: 'supergroup', title: 'Club', owner: owner.id, joinByRequest: true }) as number;
  const rights = { can_invite_users: true, can_restrict_members: true };
  human.promote({ chat: gate, user: BOT_ID, by: owner.id, rights });
  const anna = human.addUser({ first_name: 'Anna' });
  await confirmAll(api);
  await api.getUpdates({ allowed_updates: ['message', 'chat_member', 'chat_join_request'] });
  const heard = async () => {
    const updates = await api.getUpdates();
    await confirmAll(api);
    return updates;
  };
  return { ...group, gate, anna, heard };
}

describe('a join request', () => {
  it('is told to the bot, and somebody let in comes as a member', async () => {
    const { api, human, gate, anna, heard, fake } = await aGate();
    expect((await api.getChat(gate)).join_by_request).toBe(true);
    human.requestJoin({ chat: gate, user: anna.id, bio: 'cheap loans' });
    expect((await heard())[0]?.chat_join_request).toMatchObject({
      chat: { id: gate, type: 'supergroup' },
      from: { id: anna.id },
      user_chat_id: anna.id,
      bio: 'cheap loans',
    });
    expect(await api.approveChatJoinRequest(gate, anna.id)).toBe(true);
    expect(await heard()).toMatchObject([
      { chat_member: { from: { id: BOT_ID }, new_chat_member: { status: 'member' }, via_join_request: true } },
      { message: { from: { id: anna.id }, new_chat_members: [{ id: anna.id }] } },
    ]);
    expect(fake.record.effects.map(({ kind }) => kind).slice(-3)).toEqual([
      'joinRequested',
      'memberJoined',
      'messageSent',
    ]);
    expect(await refusal(api.declineChatJoinRequest(gate, anna.id))).toBe('400 Bad Request: USER_ALREADY_PARTICIPANT');
  });

  it('that is declined is told to nobody, and may be made again', async () => {
    const { api, human, gate, anna, heard, fake } = await aGate();
    human.requestJoin({ chat: gate, user: anna.id });
    await heard();
    expect(await api.declineChatJoinRequest(gate, anna.id)).toBe(true);
    expect(await heard()).toEqual([]);
    expect(fake.record.effects.at(-1)).toMatchObject({ kind: 'joinDeclined', userId: anna.id, byId: BOT_ID });
    expect(await refusal(api.approveChatJoinRequest(gate, anna.id))).toBe('400 Bad Request: HIDE_REQUESTER_MISSING');
    human.requestJoin({ chat: gate, user: anna.id });
    expect(await heard()).toHaveLength(1);
  });

  it('may be answered by a person first', async () => {
    const { api, human, gate, anna, owner, member, heard } = await aGate();
    human.requestJoin({ chat: gate, user: anna.id });
    await heard();
    expect(() => human.answerJoin({ chat: gate, user: anna.id, by: member.id, approve: true })).toThrow(
      'may not answer',
    );
    human.answerJoin({ chat: gate, user: anna.id, by: owner.id, approve: false });
    expect(() => human.answerJoin({ chat: gate, user: anna.id, by: owner.id, approve: true })).toThrow('does not ask');
    expect(await refusal(api.approveChatJoinRequest(gate, anna.id))).toContain('HIDE_REQUESTER_MISSING');
    human.requestJoin({ chat: gate, user: anna.id });
    human.join({ chat: gate, user: anna.id, by: owner.id });
    expect(await refusal(api.approveChatJoinRequest(gate, anna.id))).toContain('USER_ALREADY_PARTICIPANT');
  });

  it('needs the right to invite, to hear of it and to answer it', async () => {
    const { api, human, gate, anna, owner, heard, member } = await aGate();
    human.promote({ chat: gate, user: BOT_ID, by: owner.id, rights: { can_restrict_members: true } });
    human.requestJoin({ chat: gate, user: anna.id });
    expect(await heard()).toEqual([]);
    expect(await refusal(api.approveChatJoinRequest(gate, anna.id))).toBe(
      '400 Bad Request: not enough rights to manage chat join requests',
    );
    human.startBot({ user: member.id, bot: BOT_ID });
    expect(await refusal(api.approveChatJoinRequest(member.id, anna.id))).toBe(
      "400 Bad Request: the chat can't have join requests",
    );
  });

  it('comes with the link it was made by, which may ask where others just join', async () => {
    const { api, human, chat, owner, anna, heard } = await aGate();
    human.promote({ chat, user: BOT_ID, by: owner.id, rights: { can_invite_users: true } });
    const link = 'https://t.me/+abc';
    human.requestJoin({ chat, user: anna.id, link });
    expect((await heard()).at(-1)?.chat_join_request?.invite_link).toMatchObject({
      invite_link: link,
      creator: { id: owner.id },
      creates_join_request: true,
    });
    await api.approveChatJoinRequest(chat, anna.id);
    const change = (await heard())[0]?.chat_member;
    expect(change).toMatchObject({ invite_link: { invite_link: link } });
    expect(change).not.toHaveProperty('via_join_request');
  });

  it('lets the bot write to somebody it never met, for five minutes or until it is answered', async () => {
    const { api, human, gate, anna, clock, heard } = await aGate();
    const stranger = "403 Forbidden: bot can't initiate conversation with a user";
    expect(await refusal(api.sendMessage(anna.id, 'x'))).toBe(stranger);
    human.requestJoin({ chat: gate, user: anna.id });
    await api.sendMessage(anna.id, 'Are you human?');
    clock.advance(5 * 60_000 + 1);
    expect(await refusal(api.sendMessage(anna.id, 'x'))).toBe(stranger);
    await api.declineChatJoinRequest(gate, anna.id);
    human.requestJoin({ chat: gate, user: anna.id });
    await api.sendMessage(anna.id, 'Again: are you?');
    await heard();
    human.talk({ chat: `${anna.id}:${BOT_ID}`, from: anna.id, message: { text: 'yes' } });
    await api.declineChatJoinRequest(gate, anna.id);
    expect((await heard())[0]?.message).toMatchObject({ text: 'yes' });
    expect((await api.sendMessage(anna.id, 'You wrote to me, so I may')).chat.id).toBe(anna.id);
  });

  it('cannot be made by those who are there, banned or waiting, nor where everybody may join', async () => {
    const { human, gate, chat, anna, owner, member } = await aGate();
    expect(() => human.join({ chat: gate, user: anna.id })).toThrow('must ask');
    expect(() => human.requestJoin({ chat, user: anna.id })).toThrow('does not ask for join requests');
    expect(() => human.requestJoin({ chat: gate, user: owner.id })).toThrow('is a member');
    human.requestJoin({ chat: gate, user: anna.id });
    expect(() => human.requestJoin({ chat: gate, user: anna.id })).toThrow('already');
    human.kick({ chat: gate, user: member.id, by: owner.id });
    expect(() => human.requestJoin({ chat: gate, user: member.id })).toThrow('is banned');
  });
});

describe('an invite link', () => {
  it('is shown with the change of whoever came by it', async () => {
    const { human, chat, anna, owner, heard } = await aGate();
    human.join({ chat, user: anna.id, link: 'https://t.me/+xyz' });
    expect((await heard())[0]?.chat_member?.invite_link).toMatchObject({
      invite_link: 'https://t.me/+xyz',
      creator: { id: owner.id },
      creates_join_request: false,
    });
  });
});

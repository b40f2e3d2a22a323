import { describe, expect, it } from 'vitest';
import { BOT_ID, START_S, aGroup, confirmAll, refusal } from '../../../test/a-group.ts';

const DAY_S = 86_400;

describe('banChatMember', () => {
  it('removes the member, tells the bot, and keeps the person out', async () => {
    const { api, chat, member, human, say } = await aGroup();
    await confirmAll(api);
    await api.getUpdates({ allowed_updates: ['message', 'chat_member'] });
    await api.banChatMember(chat, member.id);
    expect(await api.getChatMember(chat, member.id)).toMatchObject({ status: 'kicked', until_date: 0 });
    const [changed, left] = await api.getUpdates();
    expect(changed?.chat_member).toMatchObject({
      from: { id: BOT_ID },
      old_chat_member: { status: 'member' },
      new_chat_member: { status: 'kicked', user: { id: member.id } },
    });
    expect(left?.message).toMatchObject({ from: { id: BOT_ID }, left_chat_member: { id: member.id } });
    expect(() => say('let me in')).toThrow(`user ${member.id} is banned from chat ${chat}`);
    expect(() => human.join({ chat, user: member.id })).toThrow('is banned');
  });

  it.each([
    [29, 'for ever'],
    [30, 'until then'],
    [366 * DAY_S, 'until then'],
    [366 * DAY_S + 1, 'for ever'],
  ])('with an end in %i seconds lasts %s', async (seconds, lasts) => {
    const { api, chat, member, clock } = await aGroup();
    await api.banChatMember(chat, member.id, { until_date: START_S + seconds });
    const until = lasts === 'for ever' ? 0 : START_S + seconds;
    expect(await api.getChatMember(chat, member.id)).toMatchObject({ status: 'kicked', until_date: until });
    clock.advance(seconds * 1000);
    const status = lasts === 'for ever' ? 'kicked' : 'left';
    expect((await api.getChatMember(chat, member.id)).status).toBe(status);
  });

  it('works in a basic group, for ever only', async () => {
    const { api, chat, member } = await aGroup({ type: 'group' });
    await api.banChatMember(chat, member.id, { until_date: START_S + DAY_S });
    expect(await api.getChatMember(chat, member.id)).toMatchObject({ status: 'kicked', until_date: 0 });
    expect(await refusal(api.unbanChatMember(chat, member.id))).toBe(
      '400 Bad Request: method is available for supergroup and channel chats only',
    );
  });

  it('refuses the owner, administrators, itself and strangers', async () => {
    const { api, chat, owner, member, human } = await aGroup();
    human.promote({ chat, user: member.id, by: owner.id, rights: { can_pin_messages: true } });
    const ban = (id: number) => refusal(api.banChatMember(chat, id));
    expect(await ban(owner.id)).toBe("400 Bad Request: can't remove chat owner");
    expect(await ban(member.id)).toBe('400 Bad Request: user is an administrator of the chat');
    expect(await ban(BOT_ID)).toBe("400 Bad Request: can't restrict self");
    expect(await ban(424242)).toBe('400 Bad Request: PARTICIPANT_ID_INVALID');
    expect(await ban(0)).toBe('400 Bad Request: invalid user_id specified');
  });

  it('needs the right to', async () => {
    const { api, chat, owner, member, human } = await aGroup();
    human.promote({ chat, user: BOT_ID, by: owner.id, rights: { can_delete_messages: true } });
    expect(await refusal(api.banChatMember(chat, member.id))).toBe(
      '400 Bad Request: not enough rights to restrict/unrestrict chat member',
    );
  });

  it('is not for private chats', async () => {
    const { api, member, human } = await aGroup();
    human.startBot({ user: member.id, bot: BOT_ID });
    expect(await refusal(api.banChatMember(member.id, member.id))).toBe(
      "400 Bad Request: can't ban members in private chats",
    );
  });
});

describe('unbanChatMember', () => {
  it('lets a banned person join again', async () => {
    const { api, chat, member, human } = await aGroup();
    await api.banChatMember(chat, member.id);
    await api.unbanChatMember(chat, member.id, { only_if_banned: true });
    expect((await api.getChatMember(chat, member.id)).status).toBe('left');
    expect(human.join({ chat, user: member.id }).status).toBe('member');
  });

  it('removes a present member, unless told to only lift bans', async () => {
    const { api, chat, member } = await aGroup();
    await api.unbanChatMember(chat, member.id, { only_if_banned: true });
    expect((await api.getChatMember(chat, member.id)).status).toBe('member');
    await api.unbanChatMember(chat, member.id);
    expect((await api.getChatMember(chat, member.id)).status).toBe('left');
    expect(await api.unbanChatMember(chat, member.id)).toBe(true);
  });
});

describe('restrictChatMember', () => {
  it('mutes for a while, and lets go by itself', async () => {
    const { api, chat, member, say, clock } = await aGroup();
    const until_date = START_S + DAY_S;
    await api.restrictChatMember(chat, member.id, { can_send_messages: false }, { until_date });
    expect(await api.getChatMember(chat, member.id)).toMatchObject({
      status: 'restricted',
      is_member: true,
      can_send_messages: false,
      until_date,
    });
    expect(() => say('mmh')).toThrow('lacks can_send_messages');
    clock.advance(DAY_S * 1000);
    expect(say('free').text).toBe('free');
    expect((await api.getChatMember(chat, member.id)).status).toBe('member');
  });

  it('brings text and media with previews, unless permissions are independent', async () => {
    const { api, chat, member } = await aGroup();
    const permissions = { can_add_web_page_previews: true };
    await api.restrictChatMember(chat, member.id, permissions);
    expect(await api.getChatMember(chat, member.id)).toMatchObject({ can_send_messages: true, can_send_photos: true });
    await api.restrictChatMember(chat, member.id, permissions, { use_independent_chat_permissions: true });
    expect(await api.getChatMember(chat, member.id)).toMatchObject({
      can_send_messages: false,
      can_send_photos: false,
      can_add_web_page_previews: true,
    });
    await api.restrictChatMember(chat, member.id, { can_send_polls: true });
    expect(await api.getChatMember(chat, member.id)).toMatchObject({
      can_send_messages: true,
      can_send_photos: false,
      can_react_to_messages: false,
    });
  });

  it('restricts kinds of content one by one', async () => {
    const { api, chat, member, say, human } = await aGroup();
    const permissions = { can_send_messages: true, can_send_photos: false };
    await api.restrictChatMember(chat, member.id, permissions, { use_independent_chat_permissions: true });
    expect(say('text goes').text).toBe('text goes');
    const photo = [{ file_id: 'f', file_unique_id: 'u', width: 1, height: 1 }];
    expect(() => human.talk({ chat, from: member.id, message: { photo } })).toThrow('lacks can_send_photos');
  });

  it('is lifted by granting everything', async () => {
    const { api, chat, member, fake } = await aGroup();
    await api.restrictChatMember(chat, member.id, {});
    const all = [
      'can_send_messages can_send_audios can_send_documents can_send_photos can_send_videos can_send_video_notes',
      'can_send_voice_notes can_send_polls can_send_other_messages can_add_web_page_previews can_react_to_messages',
      'can_change_info can_invite_users can_edit_tag can_pin_messages can_manage_topics',
    ];
    const permissions = Object.fromEntries(all.flatMap((line) => line.split(' ')).map((name) => [name, true]));
    await api.restrictChatMember(chat, member.id, permissions);
    expect((await api.getChatMember(chat, member.id)).status).toBe('member');
    expect(fake.record.effects.slice(-2).map(({ kind }) => kind)).toEqual(['memberRestricted', 'memberUnrestricted']);
  });

  it('stays with somebody who leaves and comes back', async () => {
    const { api, chat, member, human } = await aGroup();
    await api.restrictChatMember(chat, member.id, {});
    human.leave({ chat, user: member.id });
    expect(await api.getChatMember(chat, member.id)).toMatchObject({ status: 'restricted', is_member: false });
    expect(human.join({ chat, user: member.id })).toMatchObject({ status: 'restricted', is_member: true });
  });

  it('is for supergroups only, and wants permissions', async () => {
    const basic = await aGroup({ type: 'group' });
    expect(await refusal(basic.api.restrictChatMember(basic.chat, basic.member.id, {}))).toBe(
      '400 Bad Request: method is available only for supergroups',
    );
    const { api, chat, member } = await aGroup();
    expect(await refusal(api.restrictChatMember(chat, member.id, undefined as never))).toBe(
      "400 Bad Request: can't parse permissions JSON object",
    );
  });
});

describe('banChatSenderChat', () => {
  it('keeps a channel from speaking in the group until it is unbanned', async () => {
    const { api, chat, human, owner } = await aGroup();
    const channel = human.addChat({ type: 'channel', title: 'Ads', owner: owner.id }) as number;
    const speak = () => human.talk({ chat, from: channel, message: { text: 'buy' } });
    expect(speak()).toMatchObject({ from: { id: 136817688 }, sender_chat: { id: channel } });
    await api.banChatSenderChat(chat, channel);
    expect(speak).toThrow(`chat ${channel} is banned`);
    await api.unbanChatSenderChat(chat, channel);
    expect(speak().text).toBe('buy');
  });

  it('refuses unknown chats and places where chats cannot be banned', async () => {
    const { api, chat, member, human } = await aGroup();
    expect(await refusal(api.banChatSenderChat(chat, -1001))).toBe('400 Bad Request: chat not found');
    human.startBot({ user: member.id, bot: BOT_ID });
    expect(await refusal(api.banChatSenderChat(member.id, chat))).toContain("can't ban members in private chats");
    const basic = await aGroup({ type: 'group' });
    expect(await refusal(basic.api.banChatSenderChat(basic.chat, basic.chat))).toBe(
      "400 Bad Request: can't ban chats in basic groups",
    );
  });
});

describe('setChatPermissions', () => {
  it('closes a group to all but administrators, and opens it again', async () => {
    const { api, chat, say, owner, fake } = await aGroup();
    const { permissions } = (await api.getChat(chat)) as { permissions: object };
    await api.setChatPermissions(chat, { can_send_messages: false });
    expect(() => say('raid')).toThrow('lacks can_send_messages');
    expect(say('calm down', owner.id).text).toBe('calm down');
    expect((await api.getChat(chat)).permissions).toMatchObject({ can_send_messages: false, can_send_photos: false });
    expect(fake.record.effects).toContainEqual(expect.objectContaining({ kind: 'permissionsChanged', byId: BOT_ID }));
    await api.setChatPermissions(chat, permissions, { use_independent_chat_permissions: true });
    expect(say('over').text).toBe('over');
    expect(await refusal(api.setChatPermissions(chat, permissions, { use_independent_chat_permissions: true }))).toBe(
      '400 Bad Request: CHAT_NOT_MODIFIED',
    );
  });

  it('needs the right to restrict, a group, and permissions', async () => {
    const { api, chat, owner, human } = await aGroup();
    expect(await refusal(api.setChatPermissions(chat, undefined as never))).toContain("can't parse permissions");
    human.promote({ chat, user: BOT_ID, by: owner.id, rights: { can_delete_messages: true } });
    expect(await refusal(api.setChatPermissions(chat, {}))).toBe(
      '400 Bad Request: not enough rights to change chat permissions',
    );
    human.startBot({ user: owner.id, bot: BOT_ID });
    expect(await refusal(api.setChatPermissions(owner.id, {}))).toBe(
      "400 Bad Request: can't change private chat permissions",
    );
  });
});

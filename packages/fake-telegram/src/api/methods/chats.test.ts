import { Api } from 'grammy';
import { describe, expect, it } from 'vitest';
import { BOT_ID, aGroup, refusal } from '../../../test/a-group.ts';

describe('looking at a chat', () => {
  it('shows its permissions, its name and its linked channel', async () => {
    const { api, human, owner, chat } = await aGroup();
    const channel = human.addChat({
      type: 'channel',
      title: 'News',
      owner: owner.id,
      linkedChatId: chat,
      username: 'news',
    });
    expect(await api.getChat(chat)).toMatchObject({
      type: 'supergroup',
      title: 'Neighbours',
      linked_chat_id: channel,
      permissions: { can_send_messages: true, can_pin_messages: false },
    });
    expect(await api.getChat('@News')).toMatchObject({ id: channel, active_usernames: ['news'] });
    expect(await refusal(api.getChat('@nobody'))).toBe('400 Bad Request: chat not found');
  });

  it('tells who is who', async () => {
    const { api, human, chat, owner, member } = await aGroup();
    const helper = human.addBot({ token: '200:x', firstName: 'Helper' });
    human.promote({ chat, user: helper.id, by: owner.id, rights: { can_pin_messages: true } });
    const stranger = human.addUser({ first_name: 'Stranger' });
    expect((await api.getChatMember(chat, member.id)).status).toBe('member');
    expect((await api.getChatMember(chat, stranger.id)).status).toBe('left');
    expect(await api.getChatMemberCount(chat)).toBe(4);
    const ids = async (other: object) =>
      (await api.getChatAdministrators(chat, other)).map((administrator) => administrator.user.id);
    expect(await ids({})).toEqual([owner.id, BOT_ID]);
    expect(await ids({ return_bots: true })).toEqual([owner.id, BOT_ID, helper.id]);
  });

  it('knows private chats once they were started', async () => {
    const { api, human, member } = await aGroup();
    expect(await refusal(api.sendMessage(member.id, 'x'))).toBe(
      "403 Forbidden: bot can't initiate conversation with a user",
    );
    human.startBot({ user: member.id, bot: BOT_ID });
    expect(await api.sendMessage(member.id, 'hello')).toMatchObject({ chat: { type: 'private', first_name: 'Max' } });
    expect((await api.getChat(member.id)).type).toBe('private');
    expect((await api.getChatMember(member.id, member.id)).status).toBe('member');
    expect(await api.getChatMemberCount(member.id)).toBe(2);
    expect(await refusal(api.getChatAdministrators(member.id))).toContain('there are no administrators');
    expect(await refusal(api.leaveChat(member.id))).toContain("chat can't be left");
  });
});

describe('being in a chat', () => {
  it('is told apart from having left, having been removed, and never having been there', async () => {
    const { api, human, chat, owner } = await aGroup();
    await api.leaveChat(chat);
    expect(await refusal(api.sendMessage(chat, 'x'))).toBe('403 Forbidden: bot is not a member of the supergroup chat');
    human.kick({ chat, user: BOT_ID, by: owner.id });
    expect(await refusal(api.sendMessage(chat, 'x'))).toBe('403 Forbidden: bot was kicked from the supergroup chat');
    expect(await refusal(api.getChat(chat))).toContain('403 Forbidden: bot was kicked');
    const other = human.addChat({ type: 'group', title: 'Other', owner: owner.id });
    expect(await refusal(api.sendMessage(other, 'x'))).toBe('400 Bad Request: chat not found');
    expect(await refusal(api.sendMessage(-42, 'x'))).toBe('400 Bad Request: chat not found');
    expect(await refusal(api.sendMessage('', 'x'))).toBe('400 Bad Request: chat_id is empty');
    expect(await refusal(api.sendMessage(BOT_ID, 'x'))).toBe("403 Forbidden: bots can't send messages to bots");
  });

  it('is told to the bot as it changes', async () => {
    const { api, human, owner } = await aGroup();
    await api.deleteWebhook({ drop_pending_updates: true });
    const chat = human.addChat({ type: 'supergroup', title: 'New', owner: owner.id });
    human.join({ chat, user: BOT_ID, by: owner.id });
    human.promote({ chat, user: BOT_ID, by: owner.id, rights: { can_delete_messages: true } });
    human.kick({ chat, user: BOT_ID, by: owner.id });
    const updates = await api.getUpdates();
    const own = updates.flatMap((update) => update.my_chat_member ?? []);
    expect(own.map((update) => [update.old_chat_member.status, update.new_chat_member.status])).toEqual([
      ['left', 'member'],
      ['member', 'administrator'],
      ['administrator', 'kicked'],
    ]);
    expect(own[1]?.new_chat_member).toMatchObject({ can_delete_messages: true, can_restrict_members: false });
    expect(updates.map((update) => update.message?.new_chat_members?.[0]?.id ?? 0)).toContain(BOT_ID);
  });

  it('lets it show what it does', async () => {
    const { api, chat } = await aGroup();
    expect(await api.sendChatAction(chat, 'typing')).toBe(true);
    expect(await refusal(api.sendChatAction(chat, '' as never))).toContain('wrong parameter action');
  });
});

describe('commands', () => {
  it('are kept per scope and language', async () => {
    const { api } = await aGroup();
    const help = [{ command: 'help', description: 'What I do' }];
    const scope = { type: 'all_chat_administrators' as const };
    await api.setMyCommands(help, { scope, language_code: 'ru' });
    expect(await api.getMyCommands({ scope, language_code: 'ru' })).toEqual(help);
    expect(await api.getMyCommands()).toEqual([]);
    await api.deleteMyCommands({ scope, language_code: 'ru' });
    expect(await api.getMyCommands({ scope, language_code: 'ru' })).toEqual([]);
  });

  it('must be well formed', async () => {
    const { api } = await aGroup();
    const set = (commands: unknown) => refusal(api.setMyCommands(commands as never));
    expect(await set([{ command: 'Bad Name', description: 'x' }])).toBe('400 Bad Request: BOT_COMMAND_INVALID');
    expect(await set([{ command: 'ok', description: '' }])).toBe('400 Bad Request: BOT_COMMAND_DESCRIPTION_INVALID');
    const many = Array.from({ length: 101 }, () => ({ command: 'a', description: 'b' }));
    expect(await set(many)).toBe('400 Bad Request: BOT_COMMANDS_TOO_MUCH');
    expect(await set('x')).toContain("can't parse commands JSON object");
  });
});

describe('the caller', () => {
  it('is known by its token', async () => {
    const { apiRoot, api } = await aGroup();
    expect(await api.getMe()).toMatchObject({ id: BOT_ID, username: 'warden_bot', can_read_all_group_messages: false });
    expect(await refusal(new Api('999:wrong', { apiRoot }).getMe())).toBe('401 Unauthorized');
    expect(await refusal(api.getStarTransactions())).toBe('404 Not Found: method not found');
  });
});

import { describe, expect, it } from 'vitest';
import { BOT_ID, aGroup, confirmAll, refusal } from '../../../test/a-group.ts';

async function aForum(rights: object = { can_manage_topics: true, can_delete_messages: true }) {
  const group = await aGroup();
  const { human, api, owner, member } = group;
  const forum = human.addChat({ type: 'supergroup', title: 'Forum', owner: owner.id, forum: true }) as number;
  human.promote({ chat: forum, user: BOT_ID, by: owner.id, rights });
  human.join({ chat: forum, user: member.id });
  await confirmAll(api);
  const heard = async () => {
    const updates = await api.getUpdates();
    await confirmAll(api);
    return updates.map(({ message }) => message);
  };
  const sayIn = (topic: number | undefined, text: string, from = member.id) =>
    human.talk({ chat: forum, from, message: { text, ...(topic ? { message_thread_id: topic } : {}) } });
  const aTopic = (name = 'Offers') => human.createTopic({ chat: forum, by: owner.id, name });
  return { ...group, forum, heard, sayIn, aTopic };
}

describe('a topic', () => {
  it('is made by a person, and what is said in it bears its id', async () => {
    const { api, human, forum, heard, sayIn, owner } = await aForum();
    expect(await api.getChat(forum)).toMatchObject({ is_forum: true });
    const topic = human.createTopic({ chat: forum, by: owner.id, name: 'Offers', iconColor: 0xffd67e });
    sayIn(topic, 'selling a bike');
    expect(await heard()).toMatchObject([
      {
        message_id: topic,
        message_thread_id: topic,
        is_topic_message: true,
        chat: { id: forum, is_forum: true },
        forum_topic_created: { name: 'Offers', icon_color: 0xffd67e },
      },
      {
        text: 'selling a bike',
        message_thread_id: topic,
        is_topic_message: true,
        reply_to_message: { message_id: topic },
      },
    ]);
    expect(human.chats().find(({ key }) => key === forum)?.topics).toEqual([
      { id: topic, name: 'Offers', closed: false },
    ]);
  });

  it('is where replies to its messages go, by people and by the bot', async () => {
    const { api, human, forum, sayIn, aTopic, member } = await aForum();
    const topic = aTopic();
    const { message_id: id } = sayIn(topic, 'selling a bike');
    const reply = human.talk({ chat: forum, from: member.id, message: { text: 'sold', reply_to: id } });
    expect(reply).toMatchObject({ message_thread_id: topic, reply_to_message: { message_id: id } });
    const answer = await api.sendMessage(forum, 'closed?', { reply_parameters: { message_id: id } });
    expect(answer).toMatchObject({
      message_thread_id: topic,
      is_topic_message: true,
      reply_to_message: { message_id: id },
    });
  });

  it('can be written to by the bot, if it is there', async () => {
    const { api, forum, aTopic } = await aForum();
    const topic = aTopic();
    expect(await api.sendMessage(forum, 'rules', { message_thread_id: topic })).toMatchObject({
      message_thread_id: topic,
      is_topic_message: true,
      reply_to_message: { forum_topic_created: { name: 'Offers' } },
    });
    const nowhere = '400 Bad Request: message thread not found';
    expect(await refusal(api.sendMessage(forum, 'x', { message_thread_id: 999 }))).toBe(nowhere);
    expect(await refusal(api.sendMessage(forum, 'x', { message_thread_id: 1 }))).toBe(nowhere);
  });

  it('"General" is what names no topic', async () => {
    const { api, heard, forum, sayIn, human, owner } = await aForum();
    sayIn(undefined, 'in general');
    const [message] = await heard();
    expect(message).not.toHaveProperty('message_thread_id');
    expect(message).not.toHaveProperty('is_topic_message');
    human.closeTopic({ chat: forum, topic: 1, by: owner.id });
    expect((await heard())[0]).toMatchObject({ forum_topic_closed: {} });
    expect(() => sayIn(undefined, 'x')).toThrow('the topic is closed');
    await api.reopenGeneralForumTopic(forum);
    expect(sayIn(undefined, 'again').text).toBe('again');
    await api.closeGeneralForumTopic(forum);
    expect(await refusal(api.closeGeneralForumTopic(forum))).toBe('400 Bad Request: TOPIC_NOT_MODIFIED');
  });

  it('that is closed is closed to those who cannot open it', async () => {
    const { api, human, forum, sayIn, aTopic, owner, heard } = await aForum({ can_delete_messages: true });
    const topic = aTopic();
    human.closeTopic({ chat: forum, topic, by: owner.id });
    expect((await heard()).at(-1)).toMatchObject({ message_thread_id: topic, forum_topic_closed: {} });
    expect(() => sayIn(topic, 'x')).toThrow('the topic is closed');
    expect(sayIn(topic, 'by the owner', owner.id).text).toBe('by the owner');
    expect(await refusal(api.sendMessage(forum, 'x', { message_thread_id: topic }))).toBe(
      '400 Bad Request: TOPIC_CLOSED',
    );
    human.reopenTopic({ chat: forum, topic, by: owner.id });
    expect(sayIn(topic, 'open').text).toBe('open');
    human.renameTopic({ chat: forum, topic, by: owner.id, name: 'Sold' });
    expect((await heard()).at(-1)).toMatchObject({ forum_topic_edited: { name: 'Sold' } });
  });

  it("is not everybody's to make or change, and needs a forum", async () => {
    const { human, forum, chat, aTopic, member, owner, sayIn } = await aForum();
    const topic = aTopic();
    expect(() => human.createTopic({ chat: forum, by: member.id, name: 'Mine' })).toThrow('may not create');
    expect(() => human.closeTopic({ chat: forum, topic, by: member.id })).toThrow('may not change');
    expect(() => human.closeTopic({ chat: forum, topic: 999, by: owner.id })).toThrow('there is no topic 999');
    expect(() => sayIn(999, 'x')).toThrow('there is no topic 999');
    expect(() => human.createTopic({ chat, by: owner.id, name: 'x' })).toThrow('is no forum');
    const open = human.addChat({
      type: 'supergroup',
      title: 'Open forum',
      owner: owner.id,
      forum: true,
      permissions: { can_manage_topics: true },
    });
    human.join({ chat: open, user: member.id });
    const own = human.createTopic({ chat: open, by: member.id, name: 'Mine' });
    human.closeTopic({ chat: open, topic: own, by: member.id });
    expect(human.chats().at(-1)?.topics).toEqual([{ id: own, name: 'Mine', closed: true }]);
    human.restrict({ chat: open, user: member.id, by: owner.id, permissions: { can_send_messages: true } });
    expect(() => human.createTopic({ chat: open, by: member.id, name: 'Again' })).toThrow('may not create');
  });
});

describe('topics of the bot', () => {
  it('are made, renamed, closed, opened and deleted, and the bot hears of all but the last', async () => {
    const { api, human, forum, heard, sayIn } = await aForum();
    const { message_thread_id: topic, ...made } = await api.createForumTopic(forum, 'Reports', {
      icon_custom_emoji_id: '5312',
    });
    expect(made).toEqual({ name: 'Reports', icon_color: 0x6fb9f0, icon_custom_emoji_id: '5312' });
    await api.editForumTopic(forum, topic, { name: 'Old reports' });
    await api.closeForumTopic(forum, topic);
    await api.reopenForumTopic(forum, topic);
    expect(await heard()).toMatchObject([
      { forum_topic_created: { name: 'Reports', icon_custom_emoji_id: '5312' }, from: { id: BOT_ID } },
      { forum_topic_edited: { name: 'Old reports' } },
      { forum_topic_closed: {} },
      { forum_topic_reopened: {} },
    ]);
    const { message_id: id } = sayIn(topic, 'x');
    await heard();
    await api.deleteForumTopic(forum, topic);
    expect(await heard()).toEqual([]);
    expect(human.messages({ chat: forum }).find(({ message }) => message.message_id === id)?.deletedById).toBe(BOT_ID);
    expect(await refusal(api.closeForumTopic(forum, topic))).toBe('400 Bad Request: TOPIC_ID_INVALID');
  });

  it('refuse what Telegram refuses', async () => {
    const { api, forum, chat, aTopic } = await aForum({ can_restrict_members: true });
    const topic = aTopic();
    const calls: [string, () => Promise<unknown>][] = [
      ['the chat is not a forum', () => api.createForumTopic(chat, 'x')],
      ['title must be non-empty', () => api.createForumTopic(forum, ' ')],
      ['not enough rights to create a topic', () => api.createForumTopic(forum, 'x')],
      ['not enough rights to edit the topic', () => api.editForumTopic(forum, topic, { name: 'x' })],
      ['not enough rights to close or open the topic', () => api.closeForumTopic(forum, topic)],
      ['not enough rights to delete the topic', () => api.deleteForumTopic(forum, topic)],
      ['invalid forum topic identifier specified', () => api.closeForumTopic(forum, 0)],
      ['TOPIC_ID_INVALID', () => api.reopenForumTopic(forum, 999)],
    ];
    for (const [text, call] of calls) expect(await refusal(call())).toBe(`400 Bad Request: ${text}`);
    expect(await refusal(api.closeGeneralForumTopic(forum))).toContain('not enough rights to close or open');
  });

  it('are changed only by a change', async () => {
    const { api, forum, aTopic } = await aForum();
    const topic = aTopic('Offers');
    expect(await refusal(api.reopenForumTopic(forum, topic))).toBe('400 Bad Request: TOPIC_NOT_MODIFIED');
    expect(await refusal(api.editForumTopic(forum, topic, { name: 'Offers' }))).toContain('TOPIC_NOT_MODIFIED');
    expect(await api.editForumTopic(forum, topic)).toBe(true);
  });
});

describe('a thread in a group without topics', () => {
  it('is that of a message, and no topic', async () => {
    const { api, chat, say } = await aForum();
    const { message_id: id } = say('root');
    const sent = await api.sendMessage(chat, 'x', { message_thread_id: id });
    expect(sent).toMatchObject({ message_thread_id: id });
    expect(sent).not.toHaveProperty('is_topic_message');
    expect(await refusal(api.sendMessage(chat, 'x', { message_thread_id: 999 }))).toContain('message thread not found');
  });
});

import { describe, expect, it } from 'vitest';
import { BOT_ID, START_S, aGroup, confirmAll } from '../../test/a-group.ts';

const PHOTO = [{ file_id: 'file', file_unique_id: 'unique', width: 90, height: 90 }];

describe('talking', () => {
  it('reaches the bot with any field of a message', async () => {
    const { api, human, chat, member } = await aGroup();
    await confirmAll(api);
    const message = {
      caption: 'win @today',
      photo: PHOTO,
      media_group_id: 'album',
      via_bot: { id: 300, is_bot: true, first_name: 'Gifs' },
      forward_origin: { type: 'hidden_user' as const, sender_user_name: 'Ads', date: START_S },
      reply_markup: { inline_keyboard: [[{ text: 'Win', url: 'https://win.example' }]] },
    };
    human.talk({ chat, from: member.id, message });
    const [update] = await api.getUpdates();
    expect(update?.message).toMatchObject({
      ...message,
      chat: { id: chat, type: 'supergroup' },
      from: { id: member.id, is_bot: false },
      date: START_S,
      caption_entities: [{ type: 'mention', offset: 4, length: 6 }],
    });
  });

  it('makes albums of messages that share a group id, with ascending ids', async () => {
    const { api, human, chat, member } = await aGroup();
    await confirmAll(api);
    const part = { chat, from: member.id, message: { photo: PHOTO, media_group_id: 'a' } };
    const [first = 0] = human.bulk([part, part, part]);
    const parts = (await api.getUpdates()).map((update) => update.message);
    expect(parts.map((message) => message?.message_id)).toEqual([first, first + 1, first + 2]);
    expect(new Set(parts.map((message) => message?.media_group_id))).toEqual(new Set(['a']));
  });

  it('shows what is replied to, one level deep', async () => {
    const { human, chat, member, say } = await aGroup();
    const first = say('one');
    const second = human.talk({ chat, from: member.id, message: { text: 'two', reply_to: first.message_id } });
    const third = human.talk({ chat, from: member.id, message: { text: 'three', reply_to: second.message_id } });
    expect(third.reply_to_message).toMatchObject({ text: 'two' });
    expect(third.reply_to_message).not.toHaveProperty('reply_to_message');
    expect(third).not.toHaveProperty('reply_to');
  });

  it('finds entities as Telegram does, unless they are stated', async () => {
    const { human, chat, member, say } = await aGroup();
    expect(say('/ban@warden_bot a@b.example see https://x.example/a/b #tag').entities).toEqual([
      { type: 'bot_command', offset: 0, length: 15 },
      { type: 'email', offset: 16, length: 11 },
      { type: 'url', offset: 32, length: 21 },
      { type: 'hashtag', offset: 54, length: 4 },
    ]);
    expect(say('nothing here').entities).toBeUndefined();
    const stated = human.talk({ chat, from: member.id, message: { text: 'see x.com', entities: [] } });
    expect(stated.entities).toEqual([]);
  });

  it('speaks as the group for an anonymous administrator', async () => {
    const { human, chat } = await aGroup();
    const said = human.talk({ chat, from: chat, message: { text: 'be nice' } });
    expect(said).toMatchObject({ from: { id: 1087968824 }, sender_chat: { id: chat } });
  });

  it('forwards posts of the linked channel into the group', async () => {
    const { api, human, chat, owner } = await aGroup();
    const channel = human.addChat({ type: 'channel', title: 'News', owner: owner.id, linkedChatId: chat });
    human.promote({ chat: channel, user: BOT_ID, by: owner.id, rights: { can_post_messages: true } });
    await confirmAll(api);
    const post = human.talk({ chat: channel, from: owner.id, message: { text: 'news' } });
    const [posted, forwarded] = await api.getUpdates();
    expect(posted?.channel_post).toMatchObject({ text: 'news', sender_chat: { id: channel } });
    expect(forwarded?.message).toMatchObject({
      from: { id: 777000 },
      sender_chat: { id: channel },
      is_automatic_forward: true,
      forward_origin: { type: 'channel', message_id: post.message_id },
      text: 'news',
    });
  });

  it('is refused to people who are not there', async () => {
    const { human, chat } = await aGroup();
    const stranger = human.addUser({ first_name: 'Stranger' });
    const speak = (from: number, where = chat) => human.talk({ chat: where, from, message: { text: 'x' } });
    expect(() => speak(stranger.id)).toThrow('is not a member');
    expect(() => speak(1)).toThrow('there is no user 1');
    expect(() => speak(stranger.id, -1)).toThrow('there is no chat -1');
    expect(human.bulk([{ chat, from: stranger.id, message: { text: 'x' } }])).toEqual([0]);
  });
});

describe('editing', () => {
  it('tells the bot, and leaves the update of the first version as it was', async () => {
    const { api, human, chat, say, clock } = await aGroup();
    await confirmAll(api);
    const { message_id: id } = say('hello');
    clock.advance(5000);
    human.edit({ chat, id, message: { text: 'buy at https://x.example' } });
    const [first, second] = await api.getUpdates();
    expect(first?.message).toMatchObject({ text: 'hello' });
    expect(first?.message).not.toHaveProperty('edit_date');
    expect(second?.edited_message).toMatchObject({
      message_id: id,
      date: START_S,
      edit_date: START_S + 5,
      entities: [{ type: 'url' }],
    });
    expect(() => human.edit({ chat, id: 999, message: { text: 'x' } })).toThrow('there is no message 999');
  });

  it('of a post is its own kind of update', async () => {
    const { api, human, chat, owner } = await aGroup({ type: 'channel' });
    await confirmAll(api);
    const { message_id: id } = human.talk({ chat, from: owner.id, message: { caption: '#a', photo: PHOTO } });
    human.edit({ chat, id, message: { caption: 'plain' } });
    const [, second] = await api.getUpdates();
    expect(second?.edited_channel_post).toMatchObject({ caption: 'plain' });
    expect(second?.edited_channel_post).not.toHaveProperty('caption_entities');
  });
});

describe('privacy mode', () => {
  it('lets a plain member bot hear only commands, replies to it and service messages', async () => {
    const { api, human, owner, member } = await aGroup();
    const chat = human.addChat({ type: 'supergroup', title: 'Private', owner: owner.id }) as number;
    human.join({ chat, user: BOT_ID, by: owner.id });
    human.join({ chat, user: member.id });
    const own = await api.sendMessage(chat, 'hi');
    await confirmAll(api);
    const say = (message: object) => human.talk({ chat, from: member.id, message });
    say({ text: 'gossip' });
    say({ text: '/help' });
    say({ text: '/help@Warden_Bot' });
    say({ text: '/help@other_bot' });
    say({ text: 'thanks', reply_to: own.message_id });
    human.leave({ chat, user: member.id });
    const heard = (await api.getUpdates()).map(({ message }) => message?.text ?? message?.left_chat_member?.first_name);
    expect(heard).toEqual(['/help', '/help@Warden_Bot', 'thanks', 'Max']);
  });

  it('can be off, but bots never hear each other', async () => {
    const { human, owner, member, fake } = await aGroup({
      bots: [
        { token: '100:secret', privacyMode: false },
        { token: '200:secret', privacyMode: false },
      ],
    });
    const chat = human.addChat({ type: 'supergroup', title: 'Open', owner: owner.id });
    for (const user of [100, 200]) human.join({ chat, user, by: owner.id });
    human.join({ chat, user: member.id });
    const before = fake.record.deliveries.length;
    human.talk({ chat, from: member.id, message: { text: 'gossip' } });
    expect(fake.record.deliveries.slice(before).map(({ botId }) => botId)).toEqual([100, 200]);
  });
});

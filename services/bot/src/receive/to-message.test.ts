import { describe, expect, test } from 'vitest';
import { aTelegramMessage, CHAT } from '../../test/telegram-builders.ts';
import type { Message } from '../telegram/telegram-api.ts';
import { toMessage } from './to-message.ts';

const reduced = (over: object) => toMessage(aTelegramMessage(over as Partial<Message>));

describe('every signal that a message carries is kept', () => {
  test.each([
    [
      'a caption reads as text',
      { text: undefined, caption: 'look', photo: [{ file_unique_id: 's' }, { file_unique_id: 'l' }] },
      { text: 'look', media: [{ kind: 'photo', fileUniqueId: 'l' }] },
    ],
    [
      'a link behind text',
      { entities: [{ type: 'text_link', offset: 0, length: 3, url: 'https://a.example' }] },
      { entities: [{ type: 'text_link', offset: 0, length: 3, url: 'https://a.example' }] },
    ],
    [
      'a mention without a handle',
      { entities: [{ type: 'text_mention', offset: 0, length: 1, user: { id: 9 } }] },
      { entities: [{ type: 'text_mention', offset: 0, length: 1, userId: 9 }] },
    ],
    [
      'a custom emoji',
      { entities: [{ type: 'custom_emoji', offset: 0, length: 2, custom_emoji_id: 'e' }] },
      { entities: [{ type: 'custom_emoji', offset: 0, length: 2, customEmojiId: 'e' }] },
    ],
    ['an album', { media_group_id: '7' }, { albumId: '7' }],
    [
      'a forward from a channel',
      { forward_origin: { type: 'channel', date: 1, chat: { id: -5, title: 'Deals', username: 'd' }, message_id: 3 } },
      { forward: { type: 'channel', chatId: -5, title: 'Deals', username: 'd', messageId: 3 } },
    ],
    [
      'a forward from a hidden user',
      { forward_origin: { type: 'hidden_user', date: 1, sender_user_name: 'X' } },
      { forward: { type: 'hiddenUser', title: 'X' } },
    ],
    [
      'a forward from a user',
      {
        forward_origin: {
          type: 'user',
          date: 1,
          sender_user: { id: 1, first_name: 'A', last_name: 'B', username: 'ab' },
        },
      },
      { forward: { type: 'user', title: 'A B', username: 'ab' } },
    ],
    [
      'a forward from a group',
      { forward_origin: { type: 'chat', date: 1, sender_chat: { id: -6, title: 'G' } } },
      { forward: { type: 'chat', chatId: -6, title: 'G' } },
    ],
    ['a sending bot', { via_bot: { id: 4, username: 'gif' } }, { viaBot: { id: 4, username: 'gif' } }],
    ['a scheduled message', { is_from_offline: true }, { scheduled: true }],
    [
      'when the first version of an edit was sent',
      { date: 100, edit_date: 160 },
      { sentAt: 100_000, editedAt: 160_000 },
    ],
    [
      'an option that somebody added to a poll',
      { text: undefined, poll_option_added: { option_persistent_id: '1', option_text: 'win at t.me/x' } },
      { attachments: ['poll'], attachmentText: 'win at t.me/x' },
    ],
    [
      'tasks that somebody added to a checklist',
      { text: undefined, checklist_tasks_added: { tasks: [{ id: 1, text: 'join' }] } },
      { attachments: ['checklist'], attachmentText: 'join' },
    ],
    [
      'a link behind the description of a poll',
      {
        poll: {
          question: 'Q?',
          description: 'more here',
          description_entities: [{ type: 'text_link', offset: 5, length: 4, url: 'https://a.example' }],
          options: [],
        },
      },
      { attachmentText: 'Q?\nmore here', attachmentUrls: ['https://a.example'] },
    ],
    [
      'a link on a visiting card',
      { contact: { phone_number: '+1', first_name: 'A', vcard: 'ORG:Jobs\nURL:https://a.example' } },
      { attachmentText: 'A\nJobs', attachmentUrls: ['https://a.example'] },
    ],
    [
      'whose story it is',
      { story: { id: 1, chat: { id: -7, type: 'channel', title: 'S', username: 'stories' } } },
      { attachmentChats: [{ type: 'channel', chatId: -7, title: 'S', username: 'stories' }] },
    ],
    [
      'who holds a giveaway',
      { giveaway: { chats: [{ id: -8, type: 'channel', title: 'G' }] } },
      { attachmentChats: [{ type: 'channel', chatId: -8, title: 'G' }] },
    ],
    [
      'buttons that log in or open a Mini App',
      {
        reply_markup: {
          inline_keyboard: [
            [
              { text: 'In', login_url: { url: 'https://a.example' } },
              { text: 'App', web_app: { url: 'https://b.example' } },
            ],
          ],
        },
      },
      { buttons: [{ url: 'https://a.example' }, { url: 'https://b.example' }] },
    ],
    ['a guest bot', { guest_bot_caller_user: { id: 4 } }, { guestBot: true }],
    [
      'buttons',
      {
        reply_markup: {
          inline_keyboard: [
            [
              { text: 'Open', url: 'https://a.example' },
              { text: 'Vote', callback_data: 'x' },
            ],
          ],
        },
      },
      { buttons: [{ text: 'Open', url: 'https://a.example' }, { text: 'Vote' }] },
    ],
    [
      'a hidden preview link',
      { link_preview_options: { url: 'https://a.example', show_above_text: true } },
      { linkPreview: { url: 'https://a.example', aboveText: true } },
    ],
    [
      'a manual quote',
      { quote: { text: 'win', position: 0, is_manual: true } },
      { quote: { text: 'win', manual: true } },
    ],
    [
      'a comment under a channel post',
      { reply_to_message: { message_id: 2, date: 100, is_automatic_forward: true } },
      { replyTo: { messageId: 2, sentAt: 100_000, automaticForward: true } },
    ],
    ['a reply to a story', { reply_to_story: { id: 1 } }, { replyToStory: true }],
    [
      'a contact',
      { contact: { phone_number: '+100', first_name: 'Ann' } },
      { attachments: ['contact'], contactPhone: '+100', attachmentText: 'Ann' },
    ],
    [
      'a poll',
      { poll: { question: 'Earn?', options: [{ text: 'yes' }, { text: 'no' }] } },
      { attachments: ['poll'], attachmentText: 'Earn?\nyes\nno' },
    ],
    [
      'a checklist',
      { checklist: { title: 'Plan', tasks: [{ text: 'join' }] } },
      { attachments: ['checklist'], attachmentText: 'Plan\njoin' },
    ],
    ['a forum topic', { is_topic_message: true, message_thread_id: 5 }, { threadId: 5 }],
    [
      'an animation once, though Telegram sends it as a document too',
      { animation: { file_unique_id: 'a' }, document: { file_unique_id: 'a' } },
      { media: [{ kind: 'animation', fileUniqueId: 'a' }] },
    ],
    [
      'a covered video',
      { video: { file_unique_id: 'v', file_name: 'v.mp4' }, has_media_spoiler: true },
      { media: [{ kind: 'video', fileUniqueId: 'v', fileName: 'v.mp4', spoiler: true }] },
    ],
    [
      'a rich message',
      {
        text: undefined,
        rich_message: { blocks: [{ type: 'paragraph', text: ['earn ', { type: 'bold', text: 'fast' }] }] },
      },
      { text: 'earn  fast' },
    ],
    [
      'a link in a rich message',
      {
        text: undefined,
        rich_message: {
          blocks: [{ type: 'paragraph', text: [{ type: 'url', text: 'here', url: 'https://a.example' }] }],
        },
      },
      { text: 'here', attachmentUrls: ['https://a.example'] },
    ],
  ])('%s', (_name, over, expected) => {
    expect(reduced(over)).toMatchObject(expected);
  });

  test('an external reply from another chat, with its media', () => {
    const external = {
      origin: { type: 'channel', chat: { id: -5 }, message_id: 1 },
      chat: { id: -5 },
      photo: [],
      giveaway: {},
      link_preview_options: { url: 'https://a.example' },
    };
    expect(reduced({ external_reply: external }).externalReply).toEqual({
      origin: { type: 'channel', chatId: -5, messageId: 1 },
      otherChat: true,
      media: ['photo'],
      attachments: ['giveaway'],
      linkPreviewUrl: 'https://a.example',
    });
  });

  test('a reply across topics of this chat is not from another chat', () => {
    expect(reduced({ external_reply: { origin: { type: 'user' }, chat: CHAT } }).externalReply?.otherChat).toBe(false);
  });

  test('a rich message of endless depth ends', () => {
    let block: object = { text: 'deep' };
    for (let depth = 0; depth < 1000; depth += 1) block = { blocks: [block] };
    expect(reduced({ text: undefined, rich_message: block }).text).toBe('');
  });
});

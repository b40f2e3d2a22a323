import fc from 'fast-check';
import { readRecord } from '@chatwarden/contracts';
import { nameKeysOf } from '@chatwarden/detector';
import { CHAT_ID } from '@chatwarden/testkit';
import { describe, expect, test } from 'vitest';
import { anEventContext, ANN, aTelegramMessage, BOT, CHAT, OWNER } from '../../test/telegram-builders.ts';
import type { Message } from '../telegram/telegram-api.ts';
import { toChatEvent, type EventContext } from './to-chat-event.ts';

function eventOf(
  over: Partial<Message>,
  context: Partial<EventContext> = {},
  kind: 'MessagePosted' | 'MessageEdited' = 'MessagePosted',
) {
  const result = toChatEvent(aTelegramMessage(over), kind, anEventContext(context));
  if ('ignored' in result) throw new Error(`ignored: ${result.ignored}`);
  return result.event;
}

describe('an update becomes an event', () => {
  test('that is valid by its own schema', () => {
    expect(readRecord(eventOf({}))).toMatchObject({ result: 'record', unknownFields: [] });
  });

  test('with the same id when Telegram delivers it again later', () => {
    expect(eventOf({}, { receivedAt: 1 }).id).toBe(eventOf({}, { receivedAt: 2 }).id);
  });

  test('with another id when the message was edited', () => {
    const posted = eventOf({});
    const edited = eventOf({ text: 'buy now', edit_date: posted.occurredAt / 1000 + 60 }, {}, 'MessageEdited');
    expect(edited.id).not.toBe(posted.id);
    expect(edited.occurredAt).toBe(posted.occurredAt + 60_000);
  });

  test('for any odd update that a Bot API server could send', () => {
    const odd = fc.record(
      {
        text: fc.oneof(fc.string({ unit: 'binary' }), fc.constant(undefined)),
        caption: fc.string(),
        entities: fc.oneof(
          fc.constant([]),
          fc.array(fc.record({ type: fc.string(), offset: fc.nat(), length: fc.nat() })),
          fc.constant({}),
        ),
        photo: fc.oneof(fc.constant([]), fc.constant({}), fc.array(fc.record({ file_unique_id: fc.string() }))),
        forward_origin: fc.oneof(fc.record({ type: fc.string() }), fc.record({ type: fc.constant('channel') })),
        external_reply: fc.oneof(fc.record({ origin: fc.constant(undefined) }), fc.record({})),
        reply_markup: fc.oneof(
          fc.record({ inline_keyboard: fc.array(fc.array(fc.record({ text: fc.string() }))) }),
          fc.record({}),
        ),
        poll: fc.oneof(fc.record({ question: fc.string() }), fc.record({ options: fc.constant(null) })),
        rich_message: fc.anything(),
        sender_chat: fc.record({ id: fc.integer() }),
        brand_new_field: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(odd, (over) => {
        const event = eventOf(over as unknown as Partial<Message>);
        expect(event.groupId).toBe(anEventContext().group.groupId);
        expect(typeof event.message.text).toBe('string');
      }),
      { numRuns: 300 },
    );
  });
});

describe('what is not an event says why', () => {
  test.each([
    ['a service message', { text: undefined, new_chat_members: [ANN] }, 'service'],
    ["the bot's own message", { from: BOT }, 'ownMessage'],
    ['a message that nobody sent', { from: undefined }, 'noSender'],
    ['a private chat', { chat: { id: 5, type: 'private', first_name: 'Ann' } }, 'notAGroup'],
  ] as const)('%s', (_name, over, ignored) => {
    const message = aTelegramMessage(over as unknown as Partial<Message>);
    expect(toChatEvent(message, 'MessagePosted', anEventContext())).toEqual({ ignored });
  });
});

describe('who speaks', () => {
  const channel = { id: -100777, type: 'channel', title: 'Deals', username: 'deals' } as const;
  const channelBot = { id: 136_817_688, is_bot: true, first_name: 'Channel' } as const;

  test.each([
    ['a member', { from: ANN }, { as: 'user', role: 'member', id: 501, name: 'Ann Example', username: 'ann' }],
    ['the creator', { from: OWNER }, { as: 'user', role: 'creator' }],
    ['another bot', { from: { ...ANN, is_bot: true } }, { as: 'bot', role: 'member' }],
    [
      'a channel, never the service id that carries it',
      { from: channelBot, sender_chat: channel },
      { as: 'channel', id: -100777, role: 'member', name: 'Deals' },
    ],
    ['an anonymous administrator', { sender_chat: CHAT }, { as: 'anonymousAdmin', id: CHAT_ID, role: 'administrator' }],
    [
      'a post of the linked channel',
      { sender_chat: channel, is_automatic_forward: true },
      { as: 'linkedChannel', role: 'administrator' },
    ],
    ['Telegram itself', { from: { id: 777_000, is_bot: false, first_name: 'Telegram' } }, { as: 'telegram' }],
  ] as const)('%s', (_name, over, expected) => {
    expect(eventOf(over as unknown as Partial<Message>).sender).toMatchObject(expected);
  });

  test('the linked channel is known by its id too', () => {
    const facts = { administrators: new Map(), rights: null, linkedChatId: -100777 };
    expect(eventOf({ sender_chat: channel } as Partial<Message>, { facts }).sender.as).toBe('linkedChannel');
  });

  test('roles are unknown while the administrators could not be read', () => {
    expect(eventOf({}, { facts: { administrators: null, rights: null } }).sender.role).toBe('unknown');
  });

  test('somebody named like an administrator is said to be, the administrator is not', () => {
    const facts = {
      administrators: new Map([[OWNER.id, 'creator' as const]]),
      administratorNames: [nameKeysOf({ name: 'Olga Petrova', username: 'olga_petrova' })],
      rights: null,
    };
    const from = { id: 900, is_bot: false, first_name: 'Оlga', last_name: 'Рetrova' } as const;
    expect(eventOf({ from }, { facts }).sender.likeAdministrator).toBe('name');
    expect(eventOf({ from: { ...from, id: OWNER.id } }, { facts }).sender).not.toHaveProperty('likeAdministrator');
    expect(eventOf({ from: ANN }, { facts }).sender).not.toHaveProperty('likeAdministrator');
  });

  test('a channel under the title of the group is said to be like one', () => {
    const as = (title: string) => eventOf({ sender_chat: { id: -7, type: 'channel', title } }).sender;
    expect(as('Balcony Gаrdeners').likeAdministrator).toBe('name');
    expect(as('Balcony news')).not.toHaveProperty('likeAdministrator');
  });
});

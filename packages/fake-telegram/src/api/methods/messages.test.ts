import { describe, expect, it } from 'vitest';
import { BOT_ID, START_S, aGroup, confirmAll, refusal } from '../../../test/a-group.ts';

const DAY_MS = 86_400_000;

describe('sendMessage', () => {
  it('posts with reply, keyboard and the entities of HTML', async () => {
    const { api, chat, say, human } = await aGroup();
    const original = say('is this allowed?');
    const sent = await api.sendMessage(chat, '<b>No</b>, see <a href="https://rules.example">rules</a> &amp; more', {
      parse_mode: 'HTML',
      reply_parameters: { message_id: original.message_id },
      reply_markup: { inline_keyboard: [[{ text: 'Undo', callback_data: 'undo' }]] },
      link_preview_options: { is_disabled: true },
    });
    expect(sent).toMatchObject({
      message_id: original.message_id + 1,
      from: { id: BOT_ID },
      date: START_S,
      text: 'No, see rules & more',
      entities: [
        { type: 'bold', offset: 0, length: 2 },
        { type: 'text_link', offset: 8, length: 5, url: 'https://rules.example' },
      ],
      reply_to_message: { message_id: original.message_id, text: 'is this allowed?' },
    });
    expect(human.messages({ chat }).at(-1)?.message).toEqual(sent);
  });

  it('is not delivered to the bot itself', async () => {
    const { api, chat } = await aGroup();
    await confirmAll(api);
    await api.sendMessage(chat, 'hello');
    expect(await api.getUpdates()).toEqual([]);
  });

  it.each([
    ['', '400 Bad Request: message text is empty'],
    ['x'.repeat(4097), '400 Bad Request: message is too long'],
  ])('refuses bad text', async (text, expected) => {
    const { api, chat } = await aGroup();
    expect(await refusal(api.sendMessage(chat, text))).toBe(expected);
  });

  it('names what is wrong with HTML', async () => {
    const { api, chat } = await aGroup();
    const send = (html: string) => refusal(api.sendMessage(chat, html, { parse_mode: 'HTML' }));
    const cannot = "400 Bad Request: can't parse entities: ";
    expect(await send('é <h1>b</h1>')).toBe(`${cannot}Unsupported start tag "h1" at byte offset 3`);
    expect(await send('1 < 2')).toBe(`${cannot}Unsupported start tag "" at byte offset 2`);
    expect(await send('a</b>')).toBe(`${cannot}Unexpected end tag at byte offset 1`);
    expect(await send('<b>a</i>')).toBe(`${cannot}Unmatched end tag at byte offset 4, expected "</b>", found "</i>"`);
    expect(await send('<i>a')).toBe(`${cannot}Can't find end tag corresponding to start tag "i"`);
  });

  it('reads character references and drops empty tags', async () => {
    const { api, chat } = await aGroup();
    const sent = await api.sendMessage(chat, '<b></b>&#60;&#x3E; <a>plain</a> &lt;3', { parse_mode: 'HTML' });
    expect(sent.text).toBe('<> plain <3');
    expect(sent.entities).toBeUndefined();
  });

  it('refuses a reply to a message that is gone, unless told to send anyway', async () => {
    const { api, chat } = await aGroup();
    const send = (allow: boolean) =>
      api.sendMessage(chat, 'x', { reply_parameters: { message_id: 999, allow_sending_without_reply: allow } });
    expect(await refusal(send(false))).toBe('400 Bad Request: message to be replied not found');
    expect((await send(true)).reply_to_message).toBeUndefined();
  });

  it('refuses keyboards that Telegram refuses', async () => {
    const { api, chat } = await aGroup();
    const send = (button: object) =>
      refusal(api.sendMessage(chat, 'x', { reply_markup: { inline_keyboard: [[button as never]] } }));
    expect(await send({ text: 'a', callback_data: 'x'.repeat(65) })).toBe('400 Bad Request: BUTTON_DATA_INVALID');
    expect(await send({ text: 'a' })).toContain('Text buttons are unallowed in the inline keyboard');
    expect(await send({ callback_data: 'a' })).toContain('Field "text" must be of type String');
    const notRows = { inline_keyboard: 'x' as never };
    expect(await refusal(api.sendMessage(chat, 'x', { reply_markup: notRows }))).toContain('must be of type Array');
  });

  it('respects what members may not do, unless the bot is an administrator', async () => {
    const { api, human, owner } = await aGroup();
    const permissions = { can_send_messages: false };
    const quiet = human.addChat({ type: 'supergroup', title: 'Quiet', owner: owner.id, permissions }) as number;
    human.join({ chat: quiet, user: BOT_ID, by: owner.id });
    expect(await refusal(api.sendMessage(quiet, 'x'))).toBe(
      '400 Bad Request: not enough rights to send text messages to the chat',
    );
    human.promote({ chat: quiet, user: BOT_ID, by: owner.id, rights: { can_delete_messages: true } });
    expect((await api.sendMessage(quiet, 'x')).chat.id).toBe(quiet);
  });

  it('posts to a channel in the name of the channel', async () => {
    const { api, chat, human, owner } = await aGroup({ type: 'channel' });
    await confirmAll(api);
    const sent = await api.sendMessage(chat, 'news');
    expect(sent.sender_chat?.id).toBe(chat);
    expect(sent.from).toBeUndefined();
    expect(await api.getUpdates()).toEqual([]);
    human.promote({ chat, user: BOT_ID, by: owner.id, rights: { can_delete_messages: true } });
    expect(await refusal(api.sendMessage(chat, 'x'))).toBe(
      '400 Bad Request: need administrator rights in the channel chat',
    );
  });
});

describe('editing', () => {
  it('changes text and keyboard, and refuses to change nothing', async () => {
    const { api, chat } = await aGroup();
    const sent = await api.sendMessage(chat, 'open', {
      reply_markup: { inline_keyboard: [[{ text: 'Close', callback_data: 'close' }]] },
    });
    const edited = await api.editMessageText(chat, sent.message_id, 'closed');
    expect(edited).toMatchObject({ text: 'closed', edit_date: START_S });
    expect(edited).not.toHaveProperty('reply_markup');
    expect(await refusal(api.editMessageText(chat, sent.message_id, 'closed'))).toMatch(
      /^400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same/,
    );
    expect(await refusal(api.editMessageReplyMarkup(chat, sent.message_id))).toMatch(/message is not modified/);
    const reply_markup = { inline_keyboard: [[{ text: 'Reopen', callback_data: 'reopen' }]] };
    expect(await api.editMessageReplyMarkup(chat, sent.message_id, { reply_markup })).toMatchObject({ reply_markup });
  });

  it("refuses others' messages and those that are not there", async () => {
    const { api, chat, say } = await aGroup();
    const foreign = say('mine');
    expect(await refusal(api.editMessageText(chat, foreign.message_id, 'x'))).toBe(
      "400 Bad Request: message can't be edited",
    );
    expect(await refusal(api.editMessageText(chat, 999, 'x'))).toBe('400 Bad Request: message to edit not found');
    expect(await refusal(api.editMessageText(chat, 0, 'x'))).toBe(
      '400 Bad Request: message identifier is not specified',
    );
  });
});

describe('deleting', () => {
  it('deletes once, and leaves the message to be looked at', async () => {
    const { api, chat, say, human, fake, member } = await aGroup();
    const spam = say('buy now');
    await api.deleteMessage(chat, spam.message_id);
    expect(human.messages({ chat }).at(-1)).toMatchObject({ deletedById: BOT_ID, message: { text: 'buy now' } });
    expect(fake.record.effects.at(-1)).toMatchObject({
      kind: 'messageDeleted',
      chatId: chat,
      messageId: spam.message_id,
      userId: member.id,
      byId: BOT_ID,
    });
    expect(await refusal(api.deleteMessage(chat, spam.message_id))).toBe(
      '400 Bad Request: message to delete not found',
    );
  });

  it('reaches back 48 hours and no further', async () => {
    const { api, chat, say, clock } = await aGroup();
    const [older, newer] = [say('a'), say('b')];
    clock.advance(2 * DAY_MS - 1000);
    expect(await api.deleteMessage(chat, newer.message_id)).toBe(true);
    clock.advance(1000);
    expect(await refusal(api.deleteMessage(chat, older.message_id))).toBe(
      "400 Bad Request: message can't be deleted for everyone",
    );
  });

  it('needs the right to, but for own messages', async () => {
    const { api, chat, say, human, owner } = await aGroup();
    human.promote({ chat, user: BOT_ID, by: owner.id, rights: { can_restrict_members: true } });
    expect(await refusal(api.deleteMessage(chat, say('x').message_id))).toBe(
      "400 Bad Request: message can't be deleted",
    );
    const own = await api.sendMessage(chat, 'mine');
    expect(await api.deleteMessage(chat, own.message_id)).toBe(true);
    expect(await refusal(api.deleteMessage(chat, 0))).toBe('400 Bad Request: message identifier is not specified');
  });

  it('never deletes the notice of a group being made', async () => {
    const { api, chat, human, owner } = await aGroup();
    const made = human.talk({ chat, from: owner.id, message: { supergroup_chat_created: true } });
    expect(await refusal(api.deleteMessage(chat, made.message_id))).toBe("400 Bad Request: message can't be deleted");
  });

  it('takes up to 100 ids at once and skips those that are not there', async () => {
    const { api, chat, say, human } = await aGroup();
    const ids = [say('a'), say('b'), say('c')].map((message) => message.message_id);
    expect(await api.deleteMessages(chat, [...ids.slice(0, 2), 9999])).toBe(true);
    const left = human.messages({ chat }).filter((stored) => stored.deletedAtMs === undefined);
    expect(left.map((stored) => stored.message.text)).toEqual([undefined, undefined, 'c']);
    expect(await refusal(api.deleteMessages(chat, []))).toBe('400 Bad Request: message identifiers are not specified');
    const tooMany = Array.from({ length: 101 }, (_, i) => i + 1);
    expect(await refusal(api.deleteMessages(chat, tooMany))).toBe(
      '400 Bad Request: too many message identifiers specified',
    );
  });

  it('deletes none of several when one may not be deleted', async () => {
    const { api, chat, say, clock, human } = await aGroup();
    const old = say('old');
    clock.advance(2 * DAY_MS);
    const fresh = say('fresh');
    expect(await refusal(api.deleteMessages(chat, [fresh.message_id, old.message_id]))).toContain("can't be deleted");
    expect(human.messages({ chat }).at(-1)?.deletedAtMs).toBeUndefined();
  });
});

describe('flood limits', () => {
  it('lets a short burst through, then one a second', async () => {
    const { api, chat, clock } = await aGroup({ limits: 'telegram' });
    for (let i = 0; i < 3; i += 1) await api.sendMessage(chat, `${i}`);
    expect(await refusal(api.sendMessage(chat, 'x'))).toBe('429 Too Many Requests: retry after 1');
    clock.advance(1000);
    await api.sendMessage(chat, 'after a second');
    expect(await refusal(api.sendMessage(chat, 'x'))).toContain('429');
  });

  it('lets 20 a minute into a group and says how long to wait', async () => {
    const { api, chat, clock, human, member } = await aGroup({ limits: 'telegram' });
    for (let i = 0; i < 20; i += 1) {
      await api.sendMessage(chat, `${i}`);
      clock.advance(1000);
    }
    const error = await api.sendMessage(chat, 'x').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ error_code: 429, parameters: { retry_after: 40 } });
    human.startBot({ user: member.id, bot: BOT_ID });
    await api.sendMessage(member.id, 'a private chat has its own limit, and no limit a minute');
    clock.advance(40_000);
    await api.sendMessage(chat, 'after the wait');
  });

  it('does not limit deletions and bans', async () => {
    const { api, chat, say } = await aGroup({ limits: 'telegram' });
    for (let i = 0; i < 30; i += 1) await api.deleteMessage(chat, say(`${i}`).message_id);
    expect(await api.deleteMessages(chat, [1])).toBe(true);
  });
});

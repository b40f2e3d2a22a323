import type { ChatMember, Message, User } from '@grammyjs/types';
import { describe, expect, it } from 'vitest';
import { BOT_ID, TOKEN, aGroup } from '../../test/a-group.ts';
import type { Press, StoredMessage } from '../world/world.ts';
import type { ChatSummary } from './look.ts';

interface RecordPage {
  items: unknown[];
  next: number;
}

const textOf = async (answer: Response) => ((await answer.json()) as { result?: Message }).result?.text;

async function overHttp() {
  const group = await aGroup({ banner: 'demo traffic' });
  const { apiRoot } = group;
  const act = async <T = unknown>(verb: string, body: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${apiRoot}/human/${verb}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as { result: T } };
  };
  const look = async <T = unknown>(path: string) => (await (await fetch(`${apiRoot}/human/${path}`)).json()) as T;
  return { ...group, act, look };
}

describe('the human side over HTTP', () => {
  it('does what people do', async () => {
    const { act, look, api } = await overHttp();
    const user = (await act<User>('addUser', { first_name: 'Uma' })).body.result;
    const owner = (await act<User>('addUser', { first_name: 'Otto' })).body.result;
    const chat = (await act<number>('addChat', { type: 'supergroup', title: 'New', owner: owner.id })).body.result;
    await act('join', { chat, user: user.id });
    await act('promote', { chat, user: BOT_ID, by: owner.id, rights: { can_delete_messages: true } });
    const said = await act<Message>('talk', { chat, from: user.id, message: { text: 'hello' } });
    await act('edit', { chat, id: said.body.result.message_id, message: { text: 'hello!' } });
    expect((await act('bulk', [{ chat, from: user.id, message: { text: 'more' } }])).body.result).toHaveLength(1);
    const card = await api.sendMessage(chat, 'ok?', {
      reply_markup: { inline_keyboard: [[{ text: 'OK', callback_data: 'ok' }]] },
    });
    const pressed = await act<Press>('press', { chat, user: owner.id, id: card.message_id, data: 'ok' });
    expect(await look('presses')).toMatchObject([{ id: pressed.body.result.id }]);
    expect((await act('leave', { chat, user: user.id })).body).toEqual({ result: true });
    expect((await act('kick', { chat, user: user.id, by: owner.id })).status).toBe(200);

    const summary = (await look<ChatSummary[]>('chats')).find((known) => known.key === chat);
    expect(summary).toMatchObject({ type: 'supergroup', title: 'New', memberCount: 2 });
    const messages = await look<StoredMessage[]>(`messages?chat=${chat}&after=3&limit=2`);
    expect(messages.map((stored) => stored.message.text)).toEqual(['ok?', undefined]);
    const statuses = (await look<ChatMember[]>(`members?chat=${chat}`)).map((one) => one.status);
    expect(statuses).toEqual(['creator', 'kicked', 'administrator']);
    expect(await look('users')).toHaveLength(5);
  });

  it('does what happens to a group: people ask, react, take rights, delete, make topics, migrate', async () => {
    const { act, look, owner, member } = await overHttp();
    const options = { type: 'supergroup', title: 'Forum', owner: owner.id, forum: true, joinByRequest: true };
    const chat = (await act<number>('addChat', options)).body.result;
    await act('requestJoin', { chat, user: member.id, bio: 'hi' });
    await act('answerJoin', { chat, user: member.id, by: owner.id, approve: true });
    const topic = (await act<number>('createTopic', { chat, by: owner.id, name: 'Offers' })).body.result;
    const message = { text: 'hello', message_thread_id: topic };
    const said = (await act<Message>('talk', { chat, from: member.id, message })).body.result;
    await act('react', { chat, id: said.message_id, from: owner.id, reactions: ['👍'] });
    await act('deleteMessage', { chat, id: said.message_id, by: owner.id });
    await act('renameTopic', { chat, topic, by: owner.id, name: 'Sold' });
    await act('closeTopic', { chat, topic, by: owner.id });
    await act('reopenTopic', { chat, topic, by: owner.id });
    await act('promote', { chat, user: member.id, by: owner.id, rights: { can_pin_messages: true } });
    await act('demote', { chat, user: member.id, by: owner.id });
    await act('restrict', { chat, user: member.id, by: owner.id, permissions: {} });
    await act('pardon', { chat, user: member.id, by: owner.id });
    const group = (await act<number>('addChat', { type: 'group', title: 'Small', owner: owner.id })).body.result;
    await act('migrate', { chat: group });
    const effects = (await look<{ items: { kind: string }[] }>('record/effects')).items.map(({ kind }) => kind);
    const wanted =
      'joinRequested memberJoined topicCreated messageSent reactionChanged messageDeleted topicEdited topicClosed ' +
      'topicReopened memberPromoted memberDemoted memberRestricted memberUnrestricted chatMigrated';
    expect(effects).toEqual(expect.arrayContaining(wanted.split(' ')));
  });

  it('opens private chats', async () => {
    const { act, look, member } = await overHttp();
    const bot = await act<User>('addBot', { token: '300:new', username: 'new_bot' });
    expect(bot.body.result).toMatchObject({ id: 300, is_bot: true });
    const { result: chat } = (await act<string>('startBot', { user: member.id, bot: 300 })).body;
    await act('talk', { chat, from: member.id, message: { text: 'hi' } });
    const messages = await look<StoredMessage[]>(`messages?chat=${encodeURIComponent(chat)}`);
    expect(messages.map((stored) => stored.message.text)).toEqual(['/start', 'hi']);
    expect((await look<ChatSummary[]>('chats')).at(-1)).toMatchObject({
      key: chat,
      type: 'private',
      title: 'Max and Bot',
    });
  });

  it('says why something cannot be', async () => {
    const { act, chat, member } = await overHttp();
    expect(await act('talk', { chat, from: 1, message: { text: 'x' } })).toMatchObject({
      status: 404,
      body: { error: 'notFound', message: 'there is no user 1' },
    });
    await act('kick', { chat, user: member.id });
    expect(await act('talk', { chat, from: member.id, message: { text: 'x' } })).toMatchObject({
      status: 403,
      body: { error: 'banned' },
    });
    expect(await act('leave', { chat, user: member.id })).toMatchObject({ body: { error: 'notAMember' } });
    expect(await act('startBot', { user: member.id, bot: 1 })).toMatchObject({ body: { error: 'notFound' } });
    expect(await act('talk', { chat })).toMatchObject({ status: 400, body: { error: 'invalid' } });
    expect(await act('addBot', { token: 'nonsense' })).toMatchObject({ status: 400 });
  });

  it('pages through the record', async () => {
    const { look, say, api } = await overHttp();
    await api.getMe();
    expect((await look<RecordPage>('record/apiCalls')).items).toMatchObject([
      { method: 'getMe', ok: true, botId: BOT_ID },
    ]);
    const before = (await look<RecordPage>('record/effects')).next;
    say('a');
    say('b');
    const first = await look<RecordPage>(`record/effects?after=${before}&limit=1`);
    const second = await look<RecordPage>(`record/effects?after=${first.next}`);
    expect([...first.items, ...second.items]).toMatchObject([{ kind: 'messageSent' }, { kind: 'messageSent' }]);
    const { items } = await look<RecordPage>('record/deliveries');
    expect(items.at(-1)).toMatchObject({ botId: BOT_ID, kind: 'message', deliveredTimes: 0 });
  });

  it('serves a page that shows the banner', async () => {
    const { apiRoot, look } = await overHttp();
    const page = await fetch(`${apiRoot}/`);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('<script src="/page.js"');
    expect((await fetch(`${apiRoot}/page.js`)).headers.get('content-type')).toContain('javascript');
    expect(await look('about')).toEqual({ banner: 'demo traffic' });
  });
});

describe('the Bot API over HTTP', () => {
  it('takes parameters in every form, and method names in any case', async () => {
    const { apiRoot, chat } = await overHttp();
    const url = `${apiRoot}/bot${TOKEN}/SENDMESSAGE`;
    const fields = { chat_id: String(chat), text: 'x', disable_notification: 'true' };
    const query = new URLSearchParams(fields).toString();
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('photo', new Blob(['bytes']), 'photo.png');
    const answers = await Promise.all([
      fetch(`${url}?${query}`),
      fetch(url, { method: 'POST', body: new URLSearchParams(fields) }),
      fetch(url, { method: 'POST', body: form }),
      fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields) }),
      fetch(`${url}?${query}`, { method: 'POST', body: 'ignored' }),
      fetch(`${url}?${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '',
      }),
    ]);
    expect(await Promise.all(answers.map(textOf))).toEqual(Array.from({ length: 6 }, () => 'x'));
  });

  it('reads objects that come as text, and says when they are no JSON', async () => {
    const { apiRoot, chat, say } = await overHttp();
    const call = async (method: string, fields: Record<string, string>) =>
      (await fetch(`${apiRoot}/bot${TOKEN}/${method}`, { method: 'POST', body: new URLSearchParams(fields) })).json();
    const ids = JSON.stringify([say('a').message_id, say('b').message_id]);
    expect(await call('deleteMessages', { chat_id: String(chat), message_ids: ids })).toEqual({
      ok: true,
      result: true,
    });
    expect(await call('deleteMessages', { chat_id: String(chat), message_ids: '[1' })).toEqual({
      ok: false,
      error_code: 400,
      description: "Bad Request: can't parse message ids JSON object",
    });
    expect(await call('deleteMessages', { chat_id: String(chat), message_ids: '7' })).toMatchObject({ ok: false });
  });

  it('answers as Telegram for paths that are none and for bodies that are broken', async () => {
    const { apiRoot } = await overHttp();
    expect(await (await fetch(`${apiRoot}/nothing`)).json()).toEqual({
      ok: false,
      error_code: 404,
      description: 'Not Found',
    });
    const headers = { 'content-type': 'application/json' };
    const broken = await fetch(`${apiRoot}/bot${TOKEN}/getMe`, { method: 'POST', headers, body: '{' });
    expect(broken.status).toBe(400);
    expect(await broken.json()).toMatchObject({ ok: false, error_code: 400 });
  });
});

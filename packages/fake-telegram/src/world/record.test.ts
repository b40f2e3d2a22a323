import { describe, expect, it } from 'vitest';
import { aGroup } from '../../test/a-group.ts';
import { createBoundedLog } from './record.ts';

describe('the record', () => {
  it('drops the oldest entries and says how many', () => {
    const log = createBoundedLog<number>(100);
    for (let i = 0; i < 1000; i += 1) log.push(i);
    expect(log.items.length).toBeLessThanOrEqual(125);
    expect(log.items[0]).toBe(log.dropped);
    expect(log.items.at(-1)).toBe(999);
  });

  it('holds who did what to whom, with the time of the clock', async () => {
    const { fake, human, chat, member, owner, say, clock } = await aGroup();
    clock.advance(1234);
    const { message_id: messageId } = say('x');
    human.kick({ chat, user: member.id, by: owner.id });
    expect(fake.record.effects.slice(-3)).toEqual([
      { atMs: clock.now(), kind: 'messageSent', chatId: chat, messageId, byId: member.id },
      { atMs: clock.now(), kind: 'memberBanned', chatId: chat, userId: member.id, byId: owner.id, untilDate: 0 },
      { atMs: clock.now(), kind: 'messageSent', chatId: chat, messageId: messageId + 1, byId: owner.id },
    ]);
  });

  it('shortens answers of getUpdates and keeps errors', async () => {
    const { api, fake, chat } = await aGroup();
    await api.getUpdates();
    await api.deleteMessage(chat, 999).catch(() => {});
    expect(fake.record.apiCalls).toMatchObject([
      { method: 'getUpdates', ok: true, answer: fake.record.deliveries.length },
      {
        method: 'deleteMessage',
        params: { chat_id: chat, message_id: 999 },
        ok: false,
        answer: 'Bad Request: message to delete not found',
      },
    ]);
  });
});

describe('old messages', () => {
  it('are forgotten beyond the number kept per chat', async () => {
    const { human, chat, say } = await aGroup({ messagesMax: 3 });
    for (const text of ['a', 'b', 'c', 'd']) say(text);
    expect(human.messages({ chat }).map((stored) => stored.message.text)).toEqual(['b', 'c', 'd']);
  });
});

import { describe, expect, it } from 'vitest';
import { BOT_ID, aGroup, confirmAll, refusal } from '../../test/a-group.ts';

const emoji = (...all: string[]) => all.map((one) => ({ type: 'emoji', emoji: one }));

async function aListener(type: 'supergroup' | 'channel' = 'supergroup') {
  const group = await aGroup({ type });
  await confirmAll(group.api);
  await group.api.getUpdates({ allowed_updates: ['message_reaction', 'message_reaction_count'] });
  return group;
}

describe('a reaction', () => {
  it('is told with what was before and what is now', async () => {
    const { api, human, chat, say, member, owner, fake } = await aListener();
    const { message_id: id } = say('buy now');
    human.react({ chat, id, from: owner.id, reactions: ['💩'] });
    human.react({ chat, id, from: owner.id, reactions: ['🤮'] });
    human.react({ chat, id, from: owner.id, reactions: [] });
    human.react({ chat, id, from: member.id, reactions: ['🔥'] });
    const told = (await api.getUpdates()).map((update) => update.message_reaction);
    expect(told).toMatchObject([
      { chat: { id: chat }, message_id: id, user: { id: owner.id }, old_reaction: [], new_reaction: emoji('💩') },
      { old_reaction: emoji('💩'), new_reaction: emoji('🤮') },
      { old_reaction: emoji('🤮'), new_reaction: [] },
      { user: { id: member.id }, new_reaction: emoji('🔥') },
    ]);
    expect(fake.record.effects.at(-1)).toMatchObject({
      kind: 'reactionChanged',
      messageId: id,
      byId: member.id,
      text: '🔥',
    });
    expect(human.messages({ chat }).at(-1)?.reactions).toMatchObject({ [owner.id]: [], [member.id]: emoji('🔥') });
  });

  it('is told only to administrators that asked for it', async () => {
    const { api, human, chat, say, member, owner } = await aGroup();
    await confirmAll(api);
    const { message_id: id } = say('hello');
    await confirmAll(api);
    human.react({ chat, id, from: member.id, reactions: ['👍'] });
    expect(await api.getUpdates()).toEqual([]);
    await api.getUpdates({ allowed_updates: ['message_reaction'] });
    human.demote({ chat, user: BOT_ID, by: owner.id });
    human.react({ chat, id, from: member.id, reactions: ['👎'] });
    expect(await api.getUpdates()).toEqual([]);
  });

  it('of an anonymous administrator is that of the group', async () => {
    const { api, human, chat, say } = await aListener();
    human.react({ chat, id: say('x').message_id, from: chat, reactions: ['👍'] });
    const [update] = await api.getUpdates();
    expect(update?.message_reaction).toMatchObject({ actor_chat: { id: chat }, new_reaction: emoji('👍') });
    expect(update?.message_reaction).not.toHaveProperty('user');
  });

  it('in a channel is only counted', async () => {
    const { api, human, chat, owner, member } = await aListener('channel');
    const { message_id: id } = human.talk({ chat, from: owner.id, message: { text: 'news' } });
    human.react({ chat, id, from: owner.id, reactions: ['👍'] });
    human.react({ chat, id, from: member.id, reactions: ['👍'] });
    const counts = (await api.getUpdates()).map((update) => update.message_reaction_count?.reactions);
    expect(counts).toEqual([1, 2].map((total_count) => [{ type: { type: 'emoji', emoji: '👍' }, total_count }]));
  });

  it('is refused to those who may not, and of what Telegram does not offer', async () => {
    const { human, chat, say, member, owner } = await aListener();
    const { message_id: id } = say('x');
    const react = (from: number, ...reactions: string[]) => human.react({ chat, id, from, reactions });
    expect(() => react(member.id, '🪿')).toThrow('no reaction "🪿"');
    expect(() => react(member.id, '👍', '👎')).toThrow('may have 1 reactions');
    expect(() => react(human.addUser({}).id, '👍')).toThrow('is not a member');
    human.restrict({ chat, user: member.id, by: owner.id, permissions: { can_react_to_messages: false } });
    expect(() => react(member.id, '👍')).toThrow('lacks can_react_to_messages');
    expect(() => human.react({ chat, id: 999, from: owner.id, reactions: [] })).toThrow('there is no message 999');
    const premium = human.addUser({ is_premium: true });
    human.join({ chat, user: premium.id });
    react(premium.id, '👍', '❤', '🔥');
    expect(human.messages({ chat }).find(({ message }) => message.message_id === id)?.reactions).toEqual({
      [premium.id]: emoji('👍', '❤', '🔥'),
    });
  });
});

describe('setMessageReaction', () => {
  it('sets and takes back the reaction of the bot, which is told to nobody', async () => {
    const { api, human, chat, say } = await aListener();
    const { message_id: id } = say('question');
    await api.setMessageReaction(chat, id, [{ type: 'emoji', emoji: '👀' }]);
    expect(human.messages({ chat }).at(-1)?.reactions).toEqual({ [BOT_ID]: emoji('👀') });
    await api.setMessageReaction(chat, id, []);
    expect(human.messages({ chat }).at(-1)?.reactions).toEqual({ [BOT_ID]: [] });
    expect(await api.getUpdates()).toEqual([]);
  });

  it('refuses what Telegram refuses', async () => {
    const { api, human, chat, say, owner, member } = await aListener();
    const { message_id: id } = say('x');
    const set = (message: number, reactions: unknown) =>
      refusal(api.setMessageReaction(chat, message, reactions as never));
    expect(await set(999, [])).toBe('400 Bad Request: message to react not found');
    expect(await set(id, emoji('🪿'))).toBe('400 Bad Request: REACTION_INVALID');
    expect(await set(id, [{ type: 'paid' }])).toBe('400 Bad Request: REACTION_INVALID');
    expect(await set(id, emoji('👍', '👎'))).toBe('400 Bad Request: REACTIONS_TOO_MANY');
    expect(await set(id, { type: 'emoji' })).toBe("400 Bad Request: can't parse reaction types JSON object");
    human.leave({ chat, user: member.id });
    const notice = human.messages({ chat }).at(-1)?.message.message_id ?? 0;
    expect(await set(notice, emoji('👍'))).toBe('400 Bad Request: REACTION_INVALID');
    human.deleteMessage({ chat, id, by: owner.id });
    expect(await set(id, emoji('👍'))).toBe('400 Bad Request: message to react not found');
    human.restrict({ chat, user: BOT_ID, by: owner.id, permissions: { can_react_to_messages: false } });
    expect(await set(say('y', owner.id).message_id, emoji('👍'))).toBe('400 Bad Request: CHAT_RESTRICTED');
  });
});

import type { Action, Decision } from '@chatwarden/contracts';
import { aPolicy, BOT_ID, NOON } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { aStoreForAll } from '../test/a-store.ts';
import { aChat, aChatId, aDecision, aDeletion, anId, aNotice, aSanction } from '../test/samples.ts';
import type { Lane } from './store.ts';

const under = aStoreForAll();
const first = aPolicy({ mode: 'observe' });

describe('a chat that is seen', () => {
  it('becomes a group with its first policy and a new revision', async () => {
    const { groups, settings } = under.store;
    const before = (await settings.settingsSince(0)).revision;
    const chat = aChat({ username: 'gardeners' });
    const made = await groups.ensureGroup(chat, first);
    expect(made).toMatchObject({ group: chat, isNew: true });
    expect(made?.group.groupId).toMatch(/^g[0-9a-f]{16}$/);
    expect(made?.revision).toBeGreaterThan(before);
    const since = await settings.settingsSince(before);
    expect(since.groups).toEqual([{ groupId: made?.group.groupId, revision: made?.revision, policy: first }]);
  });

  it('is the same group the next time, and keeps its policy', async () => {
    const { groups } = under.store;
    const chat = aChat();
    const made = await groups.ensureGroup(chat, first);
    const again = await groups.ensureGroup(chat, aPolicy({ mode: 'enforce' }));
    expect(again).toEqual({ ...made, isNew: false });
  });

  it('becomes one group when many see it at once', async () => {
    const chat = aChat();
    const stores = [under.store, await under.another(), await under.another()];
    const seen = await Promise.all([...stores, ...stores].map((store) => store.groups.ensureGroup(chat, first)));
    expect(new Set(seen.map((each) => each?.group.groupId)).size).toBe(1);
    expect(seen.filter((each) => each?.isNew)).toHaveLength(1);
  });

  it('takes a new title and a lost username without a new revision', async () => {
    const { groups } = under.store;
    const chat = aChat({ username: 'gardeners' });
    const made = await groups.ensureGroup(chat, first);
    const { username: _username, ...renamed } = { ...chat, title: 'Roof gardeners \u0000\ud83c' };
    const seen = await groups.ensureGroup(renamed, first);
    expect(seen).toMatchObject({ isNew: false, revision: made?.revision, group: { title: 'Roof gardeners \ufffd' } });
    expect(seen?.group).not.toHaveProperty('username');
    expect(await groups.ensureGroup(renamed, first)).toEqual(seen);
  });

  it('is refused to a second bot', async () => {
    const { groups } = under.store;
    const chat = aChat();
    await groups.ensureGroup(chat, first);
    expect(await groups.ensureGroup({ ...chat, botId: BOT_ID + 1 }, first)).toBeNull();
  });
});

describe('a chat that Telegram moved', () => {
  it('stays the same group, by its new id and by its former one', async () => {
    const { groups } = under.store;
    const chat = aChat({ type: 'group', chatId: -aChatId() % 1_000_000 });
    const made = await groups.ensureGroup(chat, first);
    const toChatId = aChatId();
    await groups.migrateChat(BOT_ID, chat.chatId, toChatId);
    await groups.migrateChat(BOT_ID, chat.chatId, toChatId);
    const moved = { ...chat, chatId: toChatId, type: 'supergroup' as const };
    const expected = { group: { ...moved, groupId: made?.group.groupId }, revision: made?.revision, isNew: false };
    expect(await groups.ensureGroup(moved, first)).toEqual(expected);
    expect(await groups.ensureGroup({ ...chat, title: 'as it was' }, first)).toEqual(expected);
  });

  it('keeps the elder group when the new chat id was seen too early', async () => {
    const { groups } = under.store;
    const chat = aChat();
    const elder = await groups.ensureGroup(chat, first);
    const moved = aChat();
    const younger = await groups.ensureGroup(moved, first);
    await groups.migrateChat(BOT_ID, chat.chatId, moved.chatId);
    expect((await groups.ensureGroup(moved, first))?.group.groupId).toBe(elder?.group.groupId);
    const ids = (await groups.listGroups()).map((group) => group.groupId);
    expect(ids).not.toContain(younger?.group.groupId);
  });

  it('is found by either id, and by what it is now', async () => {
    const { groups } = under.store;
    const chat = aChat();
    const made = await groups.ensureGroup(chat, first);
    const toChatId = aChatId();
    const found = { groupId: made?.group.groupId, botId: BOT_ID };
    expect(await groups.findGroupByChat(chat.chatId)).toEqual({ ...found, chatId: chat.chatId });
    await groups.migrateChat(BOT_ID, chat.chatId, toChatId);
    for (const chatId of [chat.chatId, toChatId]) {
      expect(await groups.findGroupByChat(chatId)).toEqual({ ...found, chatId: toChatId });
    }
    expect(await groups.findGroupByChat(aChatId())).toBeNull();
  });

  it('is no business of another bot', async () => {
    const { groups } = under.store;
    const chat = aChat();
    const made = await groups.ensureGroup(chat, first);
    await groups.migrateChat(BOT_ID + 1, chat.chatId, aChatId());
    expect((await groups.ensureGroup(chat, first))?.group.chatId).toBe(made?.group.chatId);
  });
});

describe('the list of groups', () => {
  it('shows each with its newest policy and that policy’s revision', async () => {
    const { groups, settings } = under.store;
    const chat = aChat({ title: 'Listed' });
    const made = await groups.ensureGroup(chat, first);
    const groupId = made?.group.groupId ?? '';
    const { revision } = await settings.changePolicy(groupId, (policy) => ({ ...policy, mode: 'enforce' }));
    const listed = (await groups.listGroups()).filter((group) => group.groupId === groupId);
    expect(listed).toEqual([{ ...chat, groupId, revision, policy: { ...first, mode: 'enforce' } }]);
  });
});

describe('work of a chat that becomes a supergroup', () => {
  async function moved(actionsOf: (decision: Decision) => Action[], carry?: (lane: Lane) => Promise<unknown>) {
    const { groups, decisions, ledger } = under.store;
    const made = await groups.ensureGroup(aChat({ type: 'group', chatId: -aChatId() % 1_000_000 }), first);
    if (!made) throw new Error('no group');
    const { groupId, chatId } = made.group;
    const decision = aDecision({ groupId, chatId });
    await decisions.commitDecisions([{ ...decision, actions: actionsOf(decision) }]);
    const holder = { name: anId(), now: NOON, leaseMs: 1000 };
    if (carry) {
      const old = (await ledger.claimLanes(1000, holder)).find((lane) => lane.chatId === chatId) as Lane;
      await ledger.takeActions(old, holder, 10);
      await carry(old);
    }
    const toChatId = aChatId();
    await groups.migrateChat(BOT_ID, chatId, toChatId);
    const lane = (await ledger.claimLanes(1000, holder)).find((one) => one.chatId === toChatId);
    const rows = lane ? await ledger.takeActions(lane, holder, 10) : [];
    if (rows === 'lostLane') throw new Error('lost');
    const ended = (await ledger.untold(1000)).filter(({ action }) => action.groupId === groupId);
    return { toChatId, rows, ended: ended.map(({ action, outcome }) => [action.kind, outcome]) };
  }

  it('goes on in the new chat where it concerns people, and ends where it names messages', async () => {
    const { toChatId, rows, ended } = await moved((decision) => [
      aDeletion(decision, 7),
      aSanction(decision, { kind: 'ban' }),
      aNotice({ ...aDeletion(decision, 8), kind: 'notice', id: anId(), target: { text: 'x', replyTo: 7 } }),
    ]);
    expect(rows.map(({ action }) => [action.kind, action.chatId])).toEqual([
      ['ban', toChatId],
      ['notice', toChatId],
    ]);
    expect(rows[1]?.action.target).toEqual({ text: 'x' });
    expect(ended).toEqual([['deleteMessage', expect.objectContaining({ code: 'chatMigrated' })]]);
  });

  it('is taken up again when it was being carried out, but a notice is never sent twice', async () => {
    const { rows, ended } = await moved(
      (decision) => [
        aSanction(decision, { kind: 'ban' }),
        aNotice({ ...aDeletion(decision, 8), kind: 'notice', id: anId(), target: { text: 'x' } }),
      ],
      () => Promise.resolve(),
    );
    expect(rows.map(({ action, wasSending }) => [action.kind, wasSending])).toEqual([['ban', false]]);
    expect(ended).toEqual([['notice', expect.objectContaining({ code: 'chatMigrated' })]]);
  });
});

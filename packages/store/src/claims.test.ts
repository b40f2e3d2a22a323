import { aPolicy, BOT_ID, NOON } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { aStoreForAll } from '../test/a-store.ts';
import { aChat, aChatId } from '../test/samples.ts';

const under = aStoreForAll();
const HOUR_MS = 3_600_000;
const [GARDENERS, COOKS] = ['team-a/gardeners', 'team-b/cooks'];

const open = (chatId: number, claimant = GARDENERS, at = NOON) =>
  under.store.claims.openClaim({ chatId, claimant, at });
const prove = (chatId: number, code = '', at = NOON) => under.store.claims.proveClaim({ chatId, code, at });

describe('a claim', () => {
  it('is open with a code that a person can type, the same for as long as it is valid', async () => {
    const chatId = aChatId();
    const first = await open(chatId);
    expect(first).toMatchObject({ state: 'open', claimant: GARDENERS });
    expect(first.code).toMatch(/^[A-HJKMNP-Z2-9]{4}-[A-HJKMNP-Z2-9]{4}$/);
    const expiresAt = first.expiresAt ?? 0;
    expect(expiresAt).toBeGreaterThan(NOON + HOUR_MS);
    expect(await open(chatId, GARDENERS, expiresAt - 1)).toEqual(first);
    const second = await open(chatId, GARDENERS, expiresAt);
    expect(second.code).not.toBe(first.code);
    expect(second.expiresAt).toBeGreaterThan(expiresAt);
  });

  it('is proven by its code, however that is written, and again when an update is delivered twice', async () => {
    const chatId = aChatId();
    const { code = '' } = await open(chatId);
    expect(await prove(chatId, ` ${code.toLowerCase().replace('-', ' ')} `)).toBe('proven');
    expect(await prove(chatId, code)).toBe('proven');
    expect(await open(chatId)).toEqual({ state: 'proven', claimant: GARDENERS });
    expect(await open(chatId, GARDENERS, NOON + 1000 * HOUR_MS)).toEqual({ state: 'proven', claimant: GARDENERS });
  });

  it('may be open for several, of whom one has the chat in the end', async () => {
    const chatId = aChatId();
    const [ours, theirs] = [await open(chatId), await open(chatId, COOKS)];
    expect(theirs).toMatchObject({ state: 'open', claimant: COOKS });
    expect(theirs.code).not.toBe(ours.code);
    expect(await prove(chatId, theirs.code)).toBe('proven');
    expect(await open(chatId)).toEqual({ state: 'taken', claimant: COOKS });
    expect(await prove(chatId, ours.code)).toBe('alreadyTaken');
    expect(await prove(chatId, 'WHAT-EVER')).toBe('alreadyTaken');
  });

  it('is proven by one of two who send their codes at once', async () => {
    const chatId = aChatId();
    const codes = [await open(chatId), await open(chatId, COOKS)].map(({ code = '' }) => code);
    const answers = await Promise.all(codes.map((code) => prove(chatId, code)));
    expect(answers.toSorted()).toEqual(['alreadyTaken', 'proven']);
  });

  it('gets one code when it is opened twice at once', async () => {
    const chatId = aChatId();
    const other = await under.another();
    const ask = (store: typeof other) => store.claims.openClaim({ chatId, claimant: GARDENERS, at: NOON });
    const [one, two] = await Promise.all([ask(under.store), ask(other)]);
    expect(one).toEqual(two);
  });

  it('is not proven by a wrong code, nor by one of another chat, nor by one that has expired', async () => {
    const chatId = aChatId();
    const { code, expiresAt } = await open(chatId);
    const elsewhere = await open(aChatId());
    expect(await prove(chatId, elsewhere.code)).toBe('wrongCode');
    expect(await prove(chatId, '')).toBe('wrongCode');
    expect(await prove(aChatId(), code)).toBe('wrongCode');
    expect(await prove(chatId, code, expiresAt)).toBe('expired');
    expect(await open(chatId)).toMatchObject({ state: 'open', code });
  });

  it('takes no more codes once many were wrong, until it is opened anew', async () => {
    const chatId = aChatId();
    const { code } = await open(chatId);
    for (let tries = 0; tries < 10; tries += 1) expect(await prove(chatId, 'AAAA-AAAA')).toBe('wrongCode');
    expect(await prove(chatId, code)).toBe('expired');
    const anew = await open(chatId);
    expect(anew.code).not.toBe(code);
    expect(await prove(chatId, anew.code)).toBe('proven');
  });

  it('that is released lets another have the chat', async () => {
    const chatId = aChatId();
    const { code } = await open(chatId);
    await prove(chatId, code);
    await under.store.claims.releaseClaim({ chatId, claimant: COOKS });
    expect(await open(chatId)).toMatchObject({ state: 'proven' });
    await under.store.claims.releaseClaim({ chatId, claimant: GARDENERS });
    const theirs = await open(chatId, COOKS);
    expect(await prove(chatId, theirs.code)).toBe('proven');
    expect(await open(chatId)).toEqual({ state: 'taken', claimant: COOKS });
  });

  it('that the owner takes back is to be proven anew, by a new code', async () => {
    const chatId = aChatId();
    const { code } = await open(chatId);
    expect(await under.store.claims.revokeClaim({ chatId })).toBe(false);
    await prove(chatId, code);
    expect(await under.store.claims.revokeClaim({ chatId })).toBe(true);
    expect(await prove(chatId, code)).toBe('wrongCode');
    const theirs = await open(chatId, COOKS);
    expect(await prove(chatId, theirs.code)).toBe('proven');
  });

  it('may be given a code', async () => {
    const claim = { chatId: aChatId(), claimant: GARDENERS, code: 'BEAN-5TEM', at: NOON };
    expect(await under.store.claims.openClaim(claim)).toMatchObject({ state: 'open', code: 'BEAN-5TEM' });
    expect(await prove(claim.chatId, 'bean5tem')).toBe('proven');
  });
});

describe('claims of a chat that Telegram moved', () => {
  async function aMovedChat() {
    const chat = aChat();
    const made = await under.store.groups.ensureGroup(chat, aPolicy());
    const toChatId = aChatId();
    const move = () => under.store.groups.migrateChat(BOT_ID, chat.chatId, toChatId);
    return { groupId: made?.group.groupId ?? '', former: chat.chatId, present: toChatId, move };
  }

  it('are found by every id that it has or had', async () => {
    const { former, present, move } = await aMovedChat();
    const { code } = await open(former);
    await move();
    expect(await open(present)).toMatchObject({ state: 'open', code });
    expect(await prove(present, code)).toBe('proven');
    for (const chatId of [former, present]) {
      expect(await open(chatId)).toEqual({ state: 'proven', claimant: GARDENERS });
      expect(await open(chatId, COOKS)).toEqual({ state: 'taken', claimant: GARDENERS });
    }
    await under.store.claims.releaseClaim({ chatId: present, claimant: GARDENERS });
    expect(await open(former, COOKS)).toMatchObject({ state: 'open' });
  });

  it('count by age where two ids were proven before', async () => {
    const { former, present, move } = await aMovedChat();
    await prove(former, (await open(former)).code, NOON + 1);
    await prove(present, (await open(present, COOKS)).code, NOON);
    await move();
    expect(await open(former)).toEqual({ state: 'taken', claimant: COOKS });
  });

  it('go when the group is erased', async () => {
    const { groupId, former, present, move } = await aMovedChat();
    await prove(former, (await open(former)).code);
    await move();
    await under.store.purges.eraseGroup(groupId);
    expect(await open(present, COOKS)).toMatchObject({ state: 'open', claimant: COOKS });
  });
});

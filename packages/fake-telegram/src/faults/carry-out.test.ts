import { GrammyError } from 'grammy';
import { describe, expect, it, vi } from 'vitest';
import { BOT_ID, TOKEN, aGroup, untilPolling } from '../../test/a-group.ts';
import type { Fault } from './rule.ts';

/** A group whose next deletions meet the fault. */
async function underFault(fault: Fault) {
  const group = await aGroup();
  const { fake, apiRoot, chat, say } = group;
  const { message_id } = say('spam');
  fake.faults.add({ methods: ['deleteMessage'], fault });
  const body = JSON.stringify({ chat_id: chat, message_id });
  const remove = (signal?: AbortSignal) =>
    fetch(`${apiRoot}/bot${TOKEN}/deleteMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      ...(signal ? { signal } : {}),
    });
  const deletions = () => fake.record.effects.filter(({ kind }) => kind === 'messageDeleted').length;
  const lastCall = () => fake.record.apiCalls.at(-1);
  return { ...group, remove, deletions, lastCall };
}

const untilStruck = (fake: { record: { faults: readonly unknown[] } }) =>
  vi.waitUntil(() => fake.record.faults.length > 0);

describe('an answer that a fault gives', () => {
  it('is 429 with the seconds to wait, as a framework understands it', async () => {
    const { fake, api, chat } = await aGroup();
    fake.faults.add({ times: 1, fault: { kind: 'tooManyRequests', retryAfterS: 7 } });
    const error = await api.sendMessage(chat, 'x').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GrammyError);
    expect(error).toMatchObject({
      error_code: 429,
      description: 'Too Many Requests: retry after 7',
      parameters: { retry_after: 7 },
    });
    expect(await api.sendMessage(chat, 'x')).toMatchObject({ text: 'x' });
  });

  it('carries the header that Telegram sends with 429', async () => {
    const { remove } = await underFault({ kind: 'tooManyRequests', retryAfterS: 7 });
    const answer = await remove();
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('7');
  });

  it.each([
    [500, 'Internal Server Error'],
    [502, 'Bad Gateway'],
    [503, 'Service Unavailable'],
    [504, 'Gateway Timeout'],
  ] as const)('is %i as JSON', async (code, description) => {
    const { remove, deletions } = await underFault({ kind: 'serverError', code });
    const answer = await remove();
    expect(answer.status).toBe(code);
    expect(await answer.json()).toEqual({ ok: false, error_code: code, description });
    expect(deletions()).toBe(0);
  });

  it('is the page of the proxy', async () => {
    const { remove } = await underFault({ kind: 'serverError', code: 502, body: 'html' });
    const answer = await remove();
    expect(answer.status).toBe(502);
    expect(answer.headers.get('content-type')).toBe('text/html');
    expect(await answer.text()).toContain('<h1>502 Bad Gateway</h1>');
  });

  it('is any error that Telegram knows', async () => {
    const description = 'Bad Request: group chat was upgraded to a supergroup chat';
    const { remove } = await underFault({
      kind: 'error',
      code: 400,
      description,
      parameters: { migrate_to_chat_id: -1007 },
    });
    expect(await (await remove()).json()).toEqual({
      ok: false,
      error_code: 400,
      description,
      parameters: { migrate_to_chat_id: -1007 },
    });
  });
});

describe('the record under faults', () => {
  it('tells of a call that was not carried out', async () => {
    const { fake, remove, deletions, lastCall, chat } = await underFault({
      kind: 'error',
      code: 403,
      description: 'Forbidden: not enough rights',
    });
    await remove();
    expect(deletions()).toBe(0);
    expect(fake.record.faults).toMatchObject([
      {
        kind: 'error',
        ruleId: 1,
        botId: BOT_ID,
        method: 'deleteMessage',
        params: { chat_id: chat },
        effectHappened: false,
      },
    ]);
    expect(lastCall()).toMatchObject({ ok: false, answer: 'fault: error', fault: fake.record.faults[0] });
  });

  it('tells of a call that was carried out though its caller was told otherwise', async () => {
    const { fake, remove, deletions, lastCall } = await underFault({
      kind: 'serverError',
      code: 502,
      when: 'afterEffect',
    });
    expect((await remove()).status).toBe(502);
    expect(deletions()).toBe(1);
    expect(fake.record.faults).toMatchObject([{ effectHappened: true }]);
    expect(lastCall()).toMatchObject({ ok: true, answer: true, fault: { effectHappened: true } });
  });

  it('says that nothing happened when the call would have been refused anyway', async () => {
    const { fake, remove, lastCall } = await underFault({ kind: 'serverError', code: 502, when: 'afterEffect' });
    await remove();
    expect((await remove()).status).toBe(502);
    expect(fake.record.faults.at(-1)).toMatchObject({ effectHappened: false });
    expect(lastCall()).toMatchObject({ ok: false, answer: 'Bad Request: message to delete not found' });
  });

  it('keeps calls that meet no fault free of marks', async () => {
    const { fake, api, lastCall } = await underFault({ kind: 'cut' });
    await api.getMe();
    expect(lastCall()).not.toHaveProperty('fault');
    expect(fake.record.faults).toEqual([]);
  });
});

describe('a connection that is cut', () => {
  it('leaves the world as it was, before the effect', async () => {
    const { remove, deletions } = await underFault({ kind: 'cut' });
    await expect(remove()).rejects.toThrow('fetch failed');
    expect(deletions()).toBe(0);
  });

  it('leaves the world changed, after the effect', async () => {
    const { remove, deletions } = await underFault({ kind: 'cut', when: 'afterEffect' });
    await expect(remove()).rejects.toThrow('fetch failed');
    expect(deletions()).toBe(1);
  });
});

describe('an answer that never comes', () => {
  it.each([
    ['beforeEffect', 0],
    ['afterEffect', 1],
  ] as const)('hangs, %s', async (when, expected) => {
    const { fake, remove, deletions } = await underFault({ kind: 'noAnswer', when });
    const patience = new AbortController();
    const answer = remove(patience.signal);
    await untilStruck(fake);
    patience.abort();
    await expect(answer).rejects.toThrow('aborted');
    expect(deletions()).toBe(expected);
  });

  it('ends when the server goes down', async () => {
    const { fake, remove } = await underFault({ kind: 'noAnswer' });
    const answer = remove().catch((error: unknown) => error);
    await untilStruck(fake);
    fake.faults.goDown();
    expect(await answer).toBeInstanceOf(TypeError);
  });

  it('ends when the fake closes', async () => {
    const { fake, remove } = await underFault({ kind: 'noAnswer' });
    const answer = remove().catch((error: unknown) => error);
    await untilStruck(fake);
    await fake.close();
    expect(await answer).toBeInstanceOf(TypeError);
  });
});

describe('a slow answer', () => {
  it('comes when the clock has moved far enough, its effect with it', async () => {
    const { fake, clock, remove, deletions } = await underFault({ kind: 'slow', delayMs: 500 });
    const answer = remove();
    await vi.waitUntil(() => clock.sleeping() === 1);
    clock.advance(499);
    expect(clock.sleeping()).toBe(1);
    expect(deletions()).toBe(0);
    clock.advance(1);
    expect((await answer).status).toBe(200);
    expect(deletions()).toBe(1);
    expect(fake.record.faults).toMatchObject([{ kind: 'slow', effectHappened: true }]);
  });

  it('may have had its effect long before', async () => {
    const { clock, remove, deletions } = await underFault({ kind: 'slow', delayMs: 500, when: 'afterEffect' });
    const answer = remove();
    await vi.waitUntil(() => clock.sleeping() === 1);
    expect(deletions()).toBe(1);
    clock.advance(500);
    expect(await (await answer).json()).toEqual({ ok: true, result: true });
  });

  it('keeps the refusal that was due', async () => {
    const { clock, remove } = await underFault({ kind: 'slow', delayMs: 500 });
    for (const status of [200, 400]) {
      const answer = remove();
      await vi.waitUntil(() => clock.sleeping() === 1);
      clock.advance(500);
      expect((await answer).status).toBe(status);
    }
  });

  it.each([
    ['beforeEffect', 0],
    ['afterEffect', 1],
  ] as const)('is cut when the server goes down, %s', async (when, expected) => {
    const { fake, clock, remove, deletions } = await underFault({ kind: 'slow', delayMs: 500, when });
    const answer = remove().catch((error: unknown) => error);
    await vi.waitUntil(() => clock.sleeping() === 1);
    fake.faults.goDown();
    expect(await answer).toBeInstanceOf(TypeError);
    expect(deletions()).toBe(expected);
    expect(clock.sleeping()).toBe(0);
  });
});

describe('a rule with a chat', () => {
  it('strikes calls that name it by username, too', async () => {
    const { fake, api, human, owner } = await aGroup();
    const chat = human.addChat({
      type: 'supergroup',
      title: 'Open',
      owner: owner.id,
      username: 'open_group',
    }) as number;
    fake.faults.add({ chats: [chat], fault: { kind: 'error', code: 403, description: 'Forbidden: no' } });
    await expect(api.getChat('@Open_Group')).rejects.toThrow('Forbidden: no');
    await expect(api.getChat('@nobody')).rejects.toThrow('chat not found');
    expect(await api.getMe()).toMatchObject({ id: BOT_ID });
  });
});

describe('a server that is gone', () => {
  it('cuts every call of every bot until it is back', async () => {
    const { fake, apiRoot, remove, deletions, human } = await underFault({ kind: 'tooManyRequests', retryAfterS: 1 });
    human.addBot({ token: '200:other' });
    fake.faults.goDown();
    expect(fake.faults.down).toBe(true);
    await expect(remove()).rejects.toThrow('fetch failed');
    await expect(fetch(`${apiRoot}/bot200:other/getMe`)).rejects.toThrow('fetch failed');
    await expect(fetch(`${apiRoot}/bot999:unknown/getMe`)).rejects.toThrow('fetch failed');
    expect(deletions()).toBe(0);
    expect(fake.record.faults).toMatchObject([
      { kind: 'down', method: 'deleteMessage', effectHappened: false },
      { kind: 'down', botId: 200, method: 'getMe' },
    ]);
    fake.faults.clear();
    fake.faults.comeBack();
    fake.faults.comeBack();
    expect((await remove()).status).toBe(200);
  });

  it('cuts a long poll, and keeps what comes meanwhile', async () => {
    const { fake, apiRoot, say } = await aGroup();
    const poll = (timeoutS: number, offset = 0) =>
      fetch(`${apiRoot}/bot${TOKEN}/getUpdates?timeout=${timeoutS}&offset=${offset}`);
    await poll(0, 1_000_000_000);
    const waiting = poll(50).catch((error: unknown) => error);
    await untilPolling(fake);
    fake.faults.goDown();
    expect(await waiting).toBeInstanceOf(TypeError);
    say('still there?');
    await expect(poll(0)).rejects.toThrow('fetch failed');
    fake.faults.comeBack();
    expect(await (await poll(0)).json()).toMatchObject({ result: [{ message: { text: 'still there?' } }] });
  });

  it('leaves the human side open', async () => {
    const { fake, apiRoot } = await aGroup();
    fake.faults.goDown();
    expect(await (await fetch(`${apiRoot}/human/faults`)).json()).toEqual({ down: true, rules: [] });
  });
});

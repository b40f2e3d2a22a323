import { describe, expect, it } from 'vitest';
import { TOKEN, aGroup } from '../../test/a-group.ts';

async function overHttp() {
  const group = await aGroup();
  const post = async (path: string, body?: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${group.apiRoot}/human/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body ?? {}),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const look = async (path: string) => (await fetch(`${group.apiRoot}/human/${path}`)).json();
  const getMe = async () => (await fetch(`${group.apiRoot}/bot${TOKEN}/getMe`)).status;
  return { ...group, post, look, getMe };
}

describe('faults over HTTP', () => {
  it('are added, listed, removed and cleared', async () => {
    const { post, look, getMe } = await overHttp();
    const rule = { methods: ['getMe'], fault: { kind: 'serverError', code: 503 } };
    expect(await post('fault', rule)).toEqual({
      status: 200,
      body: { result: { ...rule, id: 1, seen: 0, struck: 0 } },
    });
    await post('fault', { bot: TOKEN, times: 1, probability: 1, seed: 3, fault: { kind: 'cut' } });
    expect(await getMe()).toBe(503);
    expect(await look('faults')).toMatchObject({
      down: false,
      rules: [
        { id: 1, struck: 1 },
        { id: 2, seen: 0 },
      ],
    });
    expect(await look('record/faults')).toMatchObject({ items: [{ ruleId: 1, method: 'getMe' }], next: 1 });

    expect((await post('removeFault', { id: 2 })).body).toEqual({ result: true });
    expect(await post('removeFault', { id: 2 })).toMatchObject({ status: 404, body: { error: 'notFound' } });
    await post('clearFaults');
    expect(await getMe()).toBe(200);
  });

  it('take the server down and bring it back', async () => {
    const { post, getMe } = await overHttp();
    await post('goDown');
    await expect(getMe()).rejects.toThrow('fetch failed');
    await post('comeBack');
    expect(await getMe()).toBe(200);
  });

  it('are refused with the reason when something is missing, misspelt or unknown', async () => {
    const { post, look } = await overHttp();
    const refusal = async (rule: unknown) => {
      const { status, body } = await post('fault', rule);
      return `${status} ${String(body['message'])}`;
    };
    expect(await refusal({})).toMatch(/^400 .*'fault'/);
    expect(await refusal({ fault: { kind: 'tooManyRequests' } })).toMatch(/^400 .*'retryAfterS'/);
    expect(await refusal({ fault: { kind: 'serverError', code: 418 } })).toMatch(/^400 .*code/);
    expect(await refusal({ fault: { kind: 'nonsense' } })).toMatch(/^400 .*kind/);
    expect(await refusal({ method: 'getMe', fault: { kind: 'cut' } })).toMatch(/^400 .*propert/);
    expect(await refusal({ methods: ['getYou'], fault: { kind: 'cut' } })).toMatch(/^400 there is no method "getYou"/);
    expect(await look('faults')).toMatchObject({ rules: [] });
  });
});

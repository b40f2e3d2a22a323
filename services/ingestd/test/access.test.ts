/** Who may send what. */
import { createHash } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aVerdictEvent } from '@chatwarden/logstore/contract';
import { manualClock } from '@chatwarden/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { KeyEntry } from '../src/keys/key-ring.ts';
import { makeKey, type NewKey } from '../src/keys/make-key.ts';
import { aDoor, aDurable, call, NDJSON, ndjson, post } from './a-door.ts';
import { anEcsEvent } from './an-ecs-event.ts';

function aKeyFile(...entries: KeyEntry[]) {
  const folder = mkdtempSync(join(tmpdir(), 'ingestd-keys-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'keys.json');
  /** At once, so that nobody reads half of it. */
  const write = async (text: string) => {
    await writeFile(`${path}.new`, text);
    await rename(`${path}.new`, path);
  };
  return { path, write, ready: write(JSON.stringify({ keys: entries })) };
}

async function aDoorFor(...keys: NewKey[]) {
  const clock = manualClock();
  const file = aKeyFile(...keys.map(({ entry }) => entry));
  await file.ready;
  const logged: string[] = [];
  const log = {
    info: (message: string) => void logged.push(message),
    error: (_: object, message: string) => void logged.push(message),
  } as never;
  const { durable, kept } = aDurable();
  const door = await aDoor({ clock, durable, log }, { INGEST_KEYS_FILE: file.path });
  const send = (key: string, ...events: object[]) => post(door, ndjson(...events), { authorization: `Bearer ${key}` });
  return { door, clock, file, send, kept, logged };
}

describe('with a file of keys', () => {
  it('asks for a key, and knows it from others', async () => {
    const [known, stranger] = [makeKey(['*']), makeKey(['*'])];
    const { door, send } = await aDoorFor(known);
    const other = `${known.key.slice(0, -1)}${known.key.endsWith('A') ? 'B' : 'A'}`;
    expect((await send(known.key, anEcsEvent())).status).toBe(202);
    for (const key of [stranger.key, other, `${known.key}A`, 'nonsense', '']) {
      expect((await send(key, anEcsEvent())).json()).toMatchObject({ status: 401, code: 'unauthorized' });
    }
    expect((await post(door, ndjson(anEcsEvent()))).status).toBe(401);
  });

  it('asks before it looks at the body', async () => {
    const { door } = await aDoorFor(makeKey(['*']));
    expect((await post(door, 'x', { 'content-encoding': 'br' })).status).toBe(401);
  });

  it('holds no key that could be read from it', () => {
    const { key, entry } = makeKey(['shop'], { moderation: true });
    expect(key).toMatch(/^cwi_[0-9a-f]{12}_[\w-]{43}$/);
    expect(entry).toEqual({
      id: key.split('_')[1],
      sha256: createHash('sha256').update(key).digest('hex'),
      services: ['shop'],
      moderation: true,
    });
  });

  it('binds a key to its services', async () => {
    const shop = makeKey(['shop', 'cart']);
    const { send, kept } = await aDoorFor(shop);
    const bank = anEcsEvent({ service: { name: 'bank' } });
    expect((await send(shop.key, bank)).json()).toMatchObject({ status: 403, code: 'service-not-allowed' });
    const mixed = await send(shop.key, anEcsEvent(), bank, anEcsEvent({ service: { name: 'cart' } }));
    expect(mixed.json()).toMatchObject({
      accepted: 2,
      errors: [{ position: 1, code: 'service-not-allowed', reason: 'the key is not for the service bank' }],
    });
    expect(kept.map(({ service }) => service)).toEqual(['shop', 'cart']);
  });

  it('lets only keys that say so write what is shown as a decision', async () => {
    const [alertd, shop] = [makeKey(['alertd'], { moderation: true }), makeKey(['*'])];
    const { send } = await aDoorFor(alertd, shop);
    expect((await send(alertd.key, aVerdictEvent())).status).toBe(202);
    expect((await send(shop.key, aVerdictEvent())).status).toBe(403);
    const disguised = anEcsEvent({ 'chatwarden.groupId': 'g0123456789abcdef' });
    expect((await send(shop.key, disguised)).status).toBe(400);
  });

  it('gives events without id other ids for another key', async () => {
    const [one, other] = [makeKey(['*']), makeKey(['*'])];
    const { door, kept } = await aDoorFor(one, other);
    for (const { key } of [one, other]) {
      const headers = { authorization: `Bearer ${key}`, 'idempotency-key': 'a' };
      expect((await post(door, ndjson(anEcsEvent({ event: undefined })), headers)).status).toBe(202);
    }
    expect(new Set(kept.map(({ id }) => id)).size).toBe(2);
  });

  it('is read again while we run', async () => {
    const [before, after] = [makeKey(['*']), makeKey(['*'])];
    const { clock, file, send, logged } = await aDoorFor(before);
    await file.write(JSON.stringify({ keys: [after.entry] }));
    await expect.poll(() => clock.advance(5000).then(() => logged)).toEqual(['API keys read again']);
    expect((await send(after.key, anEcsEvent())).status).toBe(202);
    expect((await send(before.key, anEcsEvent())).status).toBe(401);
  });

  it('leaves the keys in force when it breaks, and says so once', async () => {
    const known = makeKey(['*']);
    const { clock, file, send, logged } = await aDoorFor(known);
    await file.write('{');
    await expect.poll(() => clock.advance(5000).then(() => logged.length)).toBe(1);
    await file.write(JSON.stringify({ keys: [known.entry, makeKey(['*']).entry] }));
    await expect.poll(() => clock.advance(5000).then(() => logged.at(-1))).toBe('API keys read again');
    expect(logged).toEqual([expect.stringMatching(/^the API keys stay as they were: /), 'API keys read again']);
    expect((await send(known.key, anEcsEvent())).status).toBe(202);
  });

  it.each([
    ['not JSON', '{'],
    ['not a list of keys', '{"keys":[{"id":"x"}]}'],
    ['one id twice', JSON.stringify({ keys: [makeKey(['a']).entry].flatMap((entry) => [entry, entry]) })],
  ])('keeps the door shut at the start when it is %s', async (_, text) => {
    const file = aKeyFile();
    await file.ready;
    await file.write(text);
    await expect(aDoor({}, { INGEST_KEYS_FILE: file.path })).rejects.toMatchObject({ code: 'badKeys', retry: 'never' });
  });
});

describe('the rate of a key', () => {
  it('may be saved up for ten seconds, then is waited for', async () => {
    const made = makeKey(['*']);
    const key = { ...made, entry: { ...made.entry, eventsPerSecond: 2 } };
    const { clock, send } = await aDoorFor(key, makeKey(['*']));
    const many = Array.from({ length: 26 }, () => anEcsEvent());
    expect((await send(key.key, ...many)).status).toBe(202);
    const answer = await send(key.key, anEcsEvent());
    expect([answer.status, answer.headers['retry-after']]).toEqual([429, '3']);
    await clock.advance(3000);
    expect((await send(key.key, anEcsEvent())).status).toBe(429);
    await clock.advance(1000);
    expect((await send(key.key, anEcsEvent())).status).toBe(202);
  });
});

describe('without a file of keys', () => {
  it('refuses to listen where others could reach it', async () => {
    for (const INGEST_HOST of ['0.0.0.0', '::', 'ingest.example']) {
      await expect(aDoor({}, { INGEST_HOST })).rejects.toThrow('INGEST_KEYS_FILE');
    }
  });

  it.each([
    ['by another name', { host: 'evil.example' }],
    ['from a web page', { origin: 'https://evil.example' }],
    ['from a web page of this machine', { 'sec-fetch-site': 'same-site' }],
  ])('refuses what comes %s', async (_, headers) => {
    const answer = await post(await aDoor(), ndjson(anEcsEvent()), headers);
    expect(answer.json()).toMatchObject({ status: 403, code: 'forbidden' });
  });
});

describe('addresses', () => {
  it('that are not there are a problem document', async () => {
    const door = await aDoor();
    for (const url of ['/', '/ingest', '/%zz']) {
      const answer = await call(door, { url, headers: NDJSON });
      expect(answer.json()).toMatchObject({ status: answer.status, instance: expect.stringMatching(/^urn:uuid:/) });
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }
  });
});

/** POST /ingest as a sender sees it; each answer is also held against the door's own description. */
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { hashId } from '@chatwarden/contracts';
import { documentId } from '@chatwarden/logstore';
import { aVerdictEvent } from '@chatwarden/logstore/contract';
import { describe, expect, it } from 'vitest';
import { aDoor, aDurable, aKeepingDoor, ndjson, post } from './a-door.ts';
import { anEcsEvent } from './an-ecs-event.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

describe('what is accepted', () => {
  it('is an ECS document of any service, kept as the bytes that came', async () => {
    const { door, kept } = await aKeepingDoor();
    const line =
      '{"@timestamp" : "2026-11-24T12:00:00Z", "service":{"name":"shop"},"event":{"id":"order 7"},"x":[1.50]}';
    const answer = await post(door, line);
    expect([answer.status, answer.json()]).toEqual([202, { accepted: 1 }]);
    expect(kept.map((document) => Buffer.from(document.line).toString())).toEqual([line]);
    expect(kept[0]).toMatchObject({ service: 'shop', day: '2026-11-24', id: documentId('shop', 'order 7') });
  });

  it('is known by event.id when that is an id of our form', async () => {
    const { door, kept } = await aKeepingDoor();
    await post(door, ndjson(anEcsEvent()));
    expect(kept[0]?.id).toBe('0123456789abcdef0123456789abcdef');
  });

  it('may have empty lines, CRLF, and no line feed at the end', async () => {
    const { door, documents } = await aKeepingDoor();
    const line = JSON.stringify(anEcsEvent());
    expect((await post(door, `\r\n${line}\r\n \t\n\n${line}`)).json()).toEqual({ accepted: 2 });
    expect(documents()).toEqual([anEcsEvent(), anEcsEvent()]);
  });

  it('may be a JSON object or an array of them', async () => {
    const { door, documents } = await aKeepingDoor();
    expect((await post(door, JSON.stringify(anEcsEvent()), JSON_TYPE)).json()).toEqual({ accepted: 1 });
    const two = JSON.stringify([anEcsEvent({ message: 'один' }), anEcsEvent({ message: 'two\nlines' })]);
    expect((await post(door, two, { 'content-type': 'application/json; charset=utf-8' })).json()).toEqual({
      accepted: 2,
    });
    expect(documents().map((document) => document['message'])).toEqual(['order placed', 'один', 'two\nlines']);
  });

  it.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ])('may be packed with %s', async (encoding, pack) => {
    const { door, documents } = await aKeepingDoor();
    const body = pack(Buffer.from(ndjson(anEcsEvent(), anEcsEvent())));
    expect((await post(door, body, { 'content-encoding': encoding })).json()).toEqual({ accepted: 2 });
    expect(documents()).toHaveLength(2);
  });

  it('has dotted keys nested, and labels left flat', async () => {
    const { door, documents } = await aKeepingDoor();
    const dotted = {
      '@timestamp': '2026-11-24T12:00:00Z',
      'service.name': 'shop',
      'log.level': 'warn',
      log: { logger: 'orders' },
      'labels.team.name': 'a',
      labels: { 'b.c': 'd' },
      'event.id': '0123456789abcdef0123456789abcdef',
      'http.request': { 'body.bytes': 3 },
    };
    expect((await post(door, ndjson(dotted))).status).toBe(202);
    expect(documents()).toEqual([
      {
        '@timestamp': '2026-11-24T12:00:00Z',
        service: { name: 'shop' },
        log: { level: 'warn', logger: 'orders' },
        labels: { 'team.name': 'a', 'b.c': 'd' },
        event: { id: '0123456789abcdef0123456789abcdef' },
        http: { request: { body: { bytes: 3 } } },
      },
    ]);
  });

  it('belongs to the UTC day of its own time', async () => {
    const { door, kept } = await aKeepingDoor();
    const times = ['2026-11-24T01:30:00+02:00', '2026-11-24T23:59:59.999999999Z', '2026-11-24T22:00:00-03:00'];
    await post(door, ndjson(...times.map((time) => anEcsEvent({ '@timestamp': time }))));
    expect(kept.map(({ day }) => day)).toEqual(['2026-11-23', '2026-11-24', '2026-11-25']);
  });
});

describe('ids of events without one', () => {
  const nameless = [anEcsEvent({ event: undefined }), anEcsEvent({ event: { kind: 'event' } })];

  it('stand in the document that is kept', async () => {
    const { door, kept, documents } = await aKeepingDoor();
    await post(door, ndjson(...nameless, ...nameless));
    expect(new Set(kept.map(({ id }) => id)).size).toBe(4);
    expect(documents().map((document) => (document['event'] as { id: string }).id)).toEqual(kept.map(({ id }) => id));
    expect(documents()[1]).toMatchObject({ event: { kind: 'event' }, service: { name: 'shop' } });
  });

  it('are the same when the request is repeated with its Idempotency-Key', async () => {
    const { door, kept } = await aKeepingDoor();
    const body = ndjson(...nameless, ...nameless);
    for (const key of ['a', 'a', 'b']) {
      expect((await post(door, body, { 'idempotency-key': key })).status).toBe(202);
    }
    const ids = kept.map(({ id }) => id);
    expect(ids.slice(4, 8)).toEqual(ids.slice(0, 4));
    expect(new Set(ids).size).toBe(8);
  });

  it('do not move when another event of the request is refused', async () => {
    const { door, kept } = await aKeepingDoor();
    await post(door, `x\n${ndjson(...nameless)}`, { 'idempotency-key': 'a' });
    expect(kept.map(({ id }) => id)).toEqual([hashId('position', '', 'a', 1), hashId('position', '', 'a', 2)]);
  });
});

describe('what is refused', () => {
  const nested = (depth: number): object => (depth === 0 ? {} : { a: nested(depth - 1) });
  it.each([
    ['not-json', '{"@timestamp":'],
    ['not-a-document', '7'],
    ['not-a-document', '[]'],
    ['not-a-document', ndjson(anEcsEvent({ service: undefined }))],
    ['not-a-document', ndjson(anEcsEvent({ service: { name: '../other' } }))],
    ['not-a-document', ndjson(anEcsEvent({ message: { text: 'x' } }))],
    ['not-a-document', ndjson(anEcsEvent({ labels: { a: { b: 'c' } } }))],
    ['not-a-document', ndjson(anEcsEvent({ '@timestamp': 'yesterday' }))],
    ['not-a-document', ndjson(anEcsEvent({ '@timestamp': '2026-11-24' }))],
    ['not-a-document', ndjson(anEcsEvent({ '@timestamp': '2026-11-31T00:00:00Z' }))],
    ['not-a-document', ndjson(anEcsEvent({ '@timestamp': '2026-11-24T24:00:00Z' }))],
    ['not-a-document', ndjson(anEcsEvent({ event: null }))],
    ['not-a-document', ndjson(anEcsEvent({ event: 'order' }))],
    ['not-a-document', ndjson(anEcsEvent({ host: 'here' }))],
    ['not-a-document', ndjson(anEcsEvent({ error: 'failed' }))],
    ['not-a-document', ndjson(anEcsEvent({ labels: { a: 'b'.repeat(4097) } }))],
    ['not-a-document', ndjson(anEcsEvent({ event: { id: '' } }))],
    ['not-a-document', ndjson(anEcsEvent({ 'log.level': 'warn' }))],
    ['not-a-document', ndjson(anEcsEvent({ 'message.text': 'x' }))],
    ['not-a-document', ndjson(anEcsEvent({ 'a..b': 'x' }))],
    ['not-a-document', ndjson(anEcsEvent({ [Array(30).fill('a').join('.')]: 'x' }))],
    ['forbidden-key', ndjson(anEcsEvent()).replace('{', '{"__proto__":{"isAdmin":true},')],
    ['forbidden-key', ndjson(anEcsEvent()).replace('{', String.raw`{"\u005f_proto_\u005f":1,`)],
    ['forbidden-key', ndjson(anEcsEvent({ a: [{ 'b.__proto__.c': 1 }] }))],
    ['too-deep', ndjson(anEcsEvent({ a: nested(20) }))],
    ['too-deep', `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
    ['too-large', ndjson(anEcsEvent({ message: 'x'.repeat(200_000) }))],
    ['outside-window', ndjson(anEcsEvent({ '@timestamp': '2026-11-16T23:59:59Z' }))],
    ['outside-window', ndjson(anEcsEvent({ '@timestamp': '2026-11-26T00:00:00Z' }))],
    ['service-not-allowed', ndjson(aVerdictEvent())],
    ['not-a-document', ndjson({ ...anEcsEvent(), chatwarden: null })],
  ])('costs only itself: %s, %.60s', async (code, bad) => {
    const { door, documents } = await aKeepingDoor({ INGEST_EVENT_BYTES_MAX: 150_000 });
    const body = `${ndjson(anEcsEvent({ message: '1' }))}${bad.trimEnd()}\n${ndjson(anEcsEvent({ message: '2' }))}`;
    const answer = await post(door, body);
    expect(answer.status).toBe(207);
    expect(answer.json()).toEqual({
      accepted: 2,
      refused: 1,
      refusedPositions: [1],
      errors: [{ position: 1, code, reason: expect.stringMatching(/\w/) }],
    });
    expect(documents().map(({ message }) => message)).toEqual(['1', '2']);
  });

  it('is a line that is not UTF-8, and no other', async () => {
    const { door, documents } = await aKeepingDoor();
    const bad = Buffer.from(ndjson(anEcsEvent({ message: 'caf\u00e9' })), 'latin1');
    const good = Buffer.from(ndjson(anEcsEvent({ message: 'caf\u00e9' })));
    const answer = await post(door, Buffer.concat([bad, good]));
    expect(answer.json()).toMatchObject({ accepted: 1, errors: [{ position: 0, code: 'not-utf8' }] });
    expect(documents()[0]?.['message']).toBe('caf\u00e9');
  });

  it('is named with what is wrong, for the one who wrote it', async () => {
    const { door } = await aKeepingDoor();
    const bad = [
      anEcsEvent({ event: { action: ['a'] } }),
      anEcsEvent({ '@timestamp': '2026-11-01T00:00:00Z' }),
      anEcsEvent({ 'log.level': 'x' }),
    ];
    const { errors } = (await post(door, ndjson(anEcsEvent(), ...bad))).json() as { errors: { reason: string }[] };
    expect(errors.map(({ reason }) => reason)).toEqual([
      'not a document: /event/action must be string',
      '2026-11-01 is older than the kept days',
      '"level" is there twice',
    ]);
  });

  it('costs only itself in an array too', async () => {
    const { door } = await aKeepingDoor();
    const answer = await post(door, JSON.stringify([anEcsEvent(), 'x', anEcsEvent({ 'a.b': 1 })]), JSON_TYPE);
    expect(answer.json()).toMatchObject({ accepted: 2, refusedPositions: [1] });
  });

  it('is counted whole and told by position, with the reasons of the first hundred', async () => {
    const { door } = await aKeepingDoor();
    const answer = await post(door, `${'x\n'.repeat(150)}${ndjson(anEcsEvent())}`);
    const { errors, refusedPositions, ...counts } = answer.json() as { errors: unknown[]; refusedPositions: number[] };
    expect(counts).toEqual({ accepted: 1, refused: 150 });
    expect(refusedPositions).toEqual(Array.from({ length: 150 }, (_, position) => position));
    expect(errors).toHaveLength(100);
  });

  it('is what the store refuses, by the position in the request', async () => {
    const { durable } = aDurable(async () => ({ duplicates: 1, refused: [{ index: 1, reason: 'no room' }] }));
    const answer = await post(await aDoor({ durable }), `x\n${ndjson(anEcsEvent(), anEcsEvent(), anEcsEvent())}`);
    expect(answer.json()).toMatchObject({
      accepted: 2,
      duplicates: 1,
      refusedPositions: [0, 2],
      errors: [{ code: 'not-json' }, { position: 2, code: 'refused-by-store', reason: 'no room' }],
    });
  });
});

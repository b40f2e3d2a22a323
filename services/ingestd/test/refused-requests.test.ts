/** What a sender is told when a request fails as a whole. */
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { Failure } from '@chatwarden/contracts';
import { aVerdictEvent } from '@chatwarden/logstore/contract';
import { manualClock } from '@chatwarden/testkit';
import { describe, expect, it } from 'vitest';
import { aDoor, aDurable, aKeepingDoor, ndjson, post } from './a-door.ts';
import { anEcsEvent } from './an-ecs-event.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

describe('a request of which nothing can be kept', () => {
  it.each([
    { name: 'no event', body: '\n', status: 400, code: 'no-events' },
    { name: 'an empty array', body: '[]', headers: JSON_TYPE, status: 400, code: 'no-events' },
    { name: 'broken JSON', body: '[{', headers: JSON_TYPE, status: 400, code: 'not-json' },
    {
      name: 'JSON that is not UTF-8',
      body: Buffer.from([34, 233, 34]),
      headers: JSON_TYPE,
      status: 400,
      code: 'not-utf8',
    },
    { name: 'only refused events', body: 'x\ny\n', status: 400, code: 'nothing-usable' },
    { name: 'what is not allowed', body: ndjson(aVerdictEvent()), status: 403, code: 'service-not-allowed' },
    { name: 'one event too large', body: 'x'.repeat(2000), status: 413, code: 'too-large' },
    { name: 'a broken pack', body: 'x', headers: { 'content-encoding': 'gzip' }, status: 400, code: 'bad-encoding' },
    {
      name: 'an unknown pack',
      body: 'x',
      headers: { 'content-encoding': 'br' },
      status: 415,
      code: 'unsupported-encoding',
    },
    {
      name: 'another type',
      body: 'x',
      headers: { 'content-type': 'text/plain' },
      status: 415,
      code: 'unsupported-media-type',
    },
    {
      name: 'too long an Idempotency-Key',
      body: 'x',
      headers: { 'idempotency-key': 'x'.repeat(300) },
      status: 400,
      code: 'bad-request',
    },
  ])('is answered with $status for $name', async ({ body, headers = {}, status, code }) => {
    const { door, kept } = await aKeepingDoor({ INGEST_EVENT_BYTES_MAX: 1024 });
    const answer = await post(door, body, headers as Record<string, string>);
    expect(answer.json()).toMatchObject({ status, code, type: `urn:chatwarden:problem:${code}` });
    expect(answer.status).toBe(status);
    expect(kept).toEqual([]);
  });

  it('says why each of its events is refused', async () => {
    const { door } = await aKeepingDoor();
    const answer = await post(door, `x\n${ndjson(anEcsEvent({ service: {} }))}`);
    expect(answer.json()).toMatchObject({
      detail: 'none of 2 events can be kept',
      errors: [
        { position: 0, code: 'not-json' },
        { position: 1, code: 'not-a-document' },
      ],
    });
  });
});

describe('limits', () => {
  const config = { INGEST_REQUEST_BYTES_MAX: 2000, INGEST_EVENTS_MAX: 3 };

  it.each([
    { of: 'bytes', body: 'x'.repeat(2001), name: 'INGEST_REQUEST_BYTES_MAX' },
    {
      of: 'bytes once unpacked',
      headers: { 'content-encoding': 'gzip' },
      body: gzipSync('x'.repeat(50_000)),
      name: 'INGEST_REQUEST_BYTES_MAX',
    },
    {
      of: 'bytes in zstd',
      headers: { 'content-encoding': 'zstd' },
      body: zstdCompressSync('x'.repeat(50_000)),
      name: 'INGEST_REQUEST_BYTES_MAX',
    },
    { of: 'events', body: '1\n2\n3\n4\n', name: 'INGEST_EVENTS_MAX' },
    { of: 'events of an array', headers: JSON_TYPE, body: '[1,2,3,4]', name: 'INGEST_EVENTS_MAX' },
  ])('of $of are named when they are passed', async ({ headers = {}, body, name }) => {
    const { door, kept } = await aKeepingDoor(config);
    const answer = await post(door, body, headers as Record<string, string>);
    expect(answer.status).toBe(413);
    expect(answer.json()).toMatchObject({ code: 'too-large', limit: { name, max: expect.any(Number) } });
    expect(kept).toEqual([]);
  });

  it('hold for what was rewritten too', async () => {
    const { door } = await aKeepingDoor({ INGEST_EVENT_BYTES_MAX: 1024 });
    const event = { '@timestamp': '2026-11-24T12:00:00Z', service: { name: 'shop' }, message: '' };
    event.message = 'x'.repeat(1024 - JSON.stringify(event).length);
    expect((await post(door, JSON.stringify(event))).json()).toMatchObject({ status: 413, code: 'too-large' });
  });
});

describe('a repeated Idempotency-Key', () => {
  it('with another body is refused for ten minutes', async () => {
    const clock = manualClock();
    const door = await aDoor({ clock });
    const [one, other] = [ndjson(anEcsEvent({ message: '1' })), ndjson(anEcsEvent({ message: '2' }))];
    const headers = { 'idempotency-key': 'a' };
    expect((await post(door, one, headers)).status).toBe(202);
    expect((await post(door, one, headers)).status).toBe(202);
    expect((await post(door, other, headers)).json()).toMatchObject({ status: 422, code: 'idempotency-key-reused' });
    expect((await post(door, other, { 'idempotency-key': 'b' })).status).toBe(202);
    await clock.advance(10 * 60_000);
    expect((await post(door, other, headers)).status).toBe(202);
  });

  it('is free again when the first request was not answered well', async () => {
    let fails = true;
    const { durable } = aDurable(() => {
      return fails ? Promise.reject(new Failure('away', 'later', { message: '' })) : Promise.resolve({ refused: [] });
    });
    const door = await aDoor({ durable });
    const headers = { 'idempotency-key': 'a' };
    expect((await post(door, ndjson(anEcsEvent()), headers)).status).toBe(503);
    fails = false;
    expect((await post(door, ndjson(anEcsEvent({ message: 'other' })), headers)).status).toBe(202);
  });
});

describe('trouble', () => {
  it('of what is needed is 503 with Retry-After, and says nothing of itself', async () => {
    const { durable } = aDurable(() => Promise.reject(new Failure('kafkaAway', 'later', { message: 'secret-host' })));
    const answer = await post(await aDoor({ durable }), ndjson(anEcsEvent()));
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.json()).toMatchObject({ status: 503, code: 'away' });
    expect(JSON.stringify(answer.json())).not.toContain('secret-host');
  });

  it('that nobody expected is 500 and goes to the log', async () => {
    const logged: unknown[] = [];
    const log = { info: () => {}, error: (fields: unknown) => void logged.push(fields) } as never;
    const error = new Error('secret');
    const { durable } = aDurable(() => Promise.reject(error));
    const answer = await post(await aDoor({ durable, log }), ndjson(anEcsEvent()));
    expect(answer.json()).toMatchObject({ status: 500, code: 'unexpected' });
    expect(JSON.stringify(answer.json())).not.toContain('secret');
    expect(logged).toEqual([{ err: error, requestId: expect.any(String) }]);
  });

  it.each([
    ['the event loop runs late', { loopDelayMs: () => 501 }, 'overloaded'],
    ['the index is half the retention behind', { isIndexBehind: () => true }, 'index-behind'],
  ])('comes again later while %s', async (_, ports, code) => {
    const answer = await post(await aDoor(ports), ndjson(anEcsEvent()));
    expect(answer.json()).toMatchObject({ status: 503, code });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('comes again later while too many bytes are held', async () => {
    const { promise, resolve } = Promise.withResolvers<{ refused: [] }>();
    const begun = Promise.withResolvers<void>();
    const { durable } = aDurable(() => {
      begun.resolve();
      return promise;
    });
    const door = await aDoor({ durable }, { INGEST_HELD_BYTES_MAX: 100 });
    const first = post(door, ndjson(anEcsEvent()));
    await begun.promise;
    expect((await post(door, ndjson(anEcsEvent()))).json()).toMatchObject({ status: 503, code: 'overloaded' });
    resolve({ refused: [] });
    expect((await first).status).toBe(202);
    expect((await post(door, ndjson(anEcsEvent()))).status).toBe(202);
  });
});
